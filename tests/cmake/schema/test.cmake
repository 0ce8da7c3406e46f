# SCHEMA: the master file is written, proven, embedded and run. VARIANT is the CMake generator.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(schema "${SOURCE}/schema.sql")

function(same title one other)
  file(READ "${one}" first)
  file(READ "${other}" second)
  if(NOT first STREQUAL second)
    message(FATAL_ERROR "${title}: ${one} is\n${first}\nand ${other} is\n${second}")
  endif()
endfunction()

step("configures" RUN ${CONFIGURE} -G "${VARIANT}")
step("an empty master file is not what the migrations make" FAILS PRINTS
     "schema.sql:1:1: error: the master file does not make the schema that the migrations make: .* \\[M621\\]" RUN
     ${COMPILE})
step("it is written" PRINTS "Writing [^ ]*schema.sql" RUN ${COMPILE} --target shop_schema.schema)
step("then it is right" RUN ${COMPILE})
file(COPY_FILE "${schema}" "${WORK}/first.sql")
step("it can be written again" RUN ${COMPILE} --target shop_schema.schema)
same("it is the same then" "${schema}" "${WORK}/first.sql")
step("there is nothing to do" LACKS "Embedding|Building|Linking" RUN ${COMPILE})

file(TOUCH "${schema}")
step("a touched master file compiles nothing" PRINTS "Embedding the migrations of shop_schema" LACKS "Building|Linking" RUN
     ${COMPILE})
edit(schema.sql "id INTEGER PRIMARY KEY" "id INTEGER PRIMARY KEY, age INTEGER")
step("an edited one is compared" FAILS PRINTS "table `users` has `age integer`, which the migrations do not make" RUN
     ${COMPILE})
file(WRITE "${SOURCE}/migrations/0003_add_posts.sql" "CREATE TABLE posts (id INTEGER);\n")
step("it can be written while it is wrong" RUN ${COMPILE} --target shop_schema.schema)
step("and is then embedded" PRINTS "Embedding" "Building" RUN ${COMPILE})

set(db "${WORK}/shop.db")
step("a new database is made by it" PRINTS "ran schema \\(3 statements" "recorded 1 create_users" "recorded 3 add_posts" RUN
     "${BUILD}/shop-db" --database "${db}" init)
step("nothing is pending then" PRINTS "current: nothing is pending" RUN "${BUILD}/shop-db" --database "${db}" check)
step("nothing has drifted" PRINTS "no drift" RUN "${BUILD}/shop-db" --database "${db}" drift)
execute_process(COMMAND "${BUILD}/shop-db" --database "${db}" show-schema OUTPUT_FILE "${WORK}/shown.sql")
same("what it shows is the master file" "${WORK}/shown.sql" "${schema}")
step("another one is migrated" RUN "${BUILD}/shop-db" --database "${db}.migrated" migrate)
execute_process(COMMAND "${BUILD}/shop-db" --database "${db}.migrated" show-schema OUTPUT_FILE "${WORK}/shown.sql")
same("and shows the same" "${WORK}/shown.sql" "${schema}")

step("a master file alone is the history" PRINTS "applied 1 tiny" RUN "${BUILD}/tiny-db" --database "${WORK}/tiny.db" migrate)
step("... and is run once" PRINTS "nothing to do" RUN "${BUILD}/tiny-db" --database "${WORK}/tiny.db" init)

file(REMOVE "${schema}")
step("a master file that is gone is named" FAILS PRINTS "schema.sql" RUN ${COMPILE})
