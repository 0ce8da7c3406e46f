# Migrations written in C++, in a static library: what one plain build does after each kind of change. VARIANT is the
# CMake generator.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")

set(program "${BUILD}/shop")
if(VARIANT STREQUAL "Ninja Multi-Config")
  set(program "${BUILD}/Debug/shop")
  list(APPEND COMPILE --config Debug)
endif()
set(migrations "${SOURCE}/migrations")
set(counting "void up(varve::transaction& in) { in.execute(\"CREATE TABLE counts (n INTEGER)\"); }\n")

# runs(<title> <what it prints>): builds, and runs the program; then there is nothing to build.
function(runs title expected)
  step("${title}" RUN ${COMPILE})
  step("... and the program has it" PRINTS "^${expected}$" RUN "${program}")
  step("... and then there is nothing to do" LACKS "Building|Embedding|Linking" RUN ${COMPILE})
endfunction()

step("configures" RUN ${CONFIGURE} -G "${VARIANT}")
step("builds, and says what the replay leaves out" PRINTS "0002_slugs.cpp:1:1: note: .*\\[M609\\]"
     "0003_slug_not_null.sql:[0-9:]+ note: .*\\[M609\\]" LACKS "warning" RUN ${COMPILE})
step("the program migrates" PRINTS "^1 posts; 2 slugs; 3 slug_not_null; $" RUN "${program}")
step("... and the history is verified, C++ too" RUN "${CMAKE_CTEST_COMMAND}" --test-dir "${BUILD}" -C Debug
     --output-on-failure)

file(WRITE "${migrations}/0004_counts.cpp" "#include <varve/transaction.hpp>\n${counting}")
runs("an added file, whose functions have the same names" "1 posts; 2 slugs; 3 slug_not_null; 4 counts; ")
file(RENAME "${migrations}/0004_counts.cpp" "${migrations}/0005_counts.cpp")
runs("a renamed file" "1 posts; 2 slugs; 3 slug_not_null; 5 counts; ")

edit(migrations/0005_counts.cpp "(n INTEGER)" "(n INTEGR(")
step("an edit is compiled" RUN ${COMPILE})
step("... and run" FAILS PRINTS "0005_counts.cpp:2: error: " RUN "${program}")
edit(migrations/0005_counts.cpp "void up" "void upp")
step("a file without an up is refused" FAILS PRINTS "0005_counts.cpp:1:1: error: .*\\[M060\\]" RUN ${COMPILE})
file(REMOVE "${migrations}/0005_counts.cpp")
runs("a removed file" "1 posts; 2 slugs; 3 slug_not_null; ")

file(WRITE "${migrations}/0006_other.postgresql.cpp" "not for this engine\n")
runs("a file for another engine" "1 posts; 2 slugs; 3 slug_not_null; ")

step("the history is locked" RUN ${COMPILE} --target shop_schema.lock)
step("... and the source is what was locked" PRINTS "0002 slugs up 101:[0-9a-f]+ down 101:[0-9a-f]+ transaction" RUN
     "${CMAKE_COMMAND}" -E cat "${migrations}/sqlite.lock")
step("... without a note from then on" LACKS "M609" RUN ${COMPILE})
edit(migrations/0002_slugs.cpp "'-'" "'_'")
step("an edit of a released file fails the build" FAILS PRINTS
     "0002_slugs.cpp:10:1: error: released migration 2 \\(slugs\\) was edited: its source .*\\[M040\\]" "- +std::replace" RUN
     ${COMPILE})
