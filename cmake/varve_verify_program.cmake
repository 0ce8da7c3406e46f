# VERIFY of add_db_migrations(): a program that proves the history on a throw-away database, and a test that runs it.
# Reference: docs/verify.md
include_guard(GLOBAL)

set(VARVE_POSTGRESQL_BIN "" CACHE PATH "Where initdb and postgres are for VERIFY, if they are not to be looked for")
mark_as_advanced(VARVE_POSTGRESQL_BIN)

# Reads the arguments of add_db_migrations(). The values of VERIFY are the histories that are applied first.
function(_varve_check_verify)
  if(NOT DEFINED arg_VERIFY AND NOT "VERIFY" IN_LIST arg_KEYWORDS_MISSING_VALUES)
    return()
  endif()
  foreach(first IN LISTS arg_VERIFY)
    if(NOT TARGET ${first})
      _varve_argument_error("VERIFY names '${first}', which is no target (yet)\n"
                            "Its values are targets of add_db_migrations() that are called before this one.")
    endif()
    get_target_property(header ${first} VARVE_HEADER)
    if(NOT header)
      _varve_argument_error("VERIFY names '${first}', which was not made by add_db_migrations()\n"
                            "Its values are the histories that this one depends on; write VERIFY alone if there is none.")
    endif()
    get_target_property(engine ${first} VARVE_ENGINE)
    if(NOT engine STREQUAL ENGINE)
      _varve_argument_error("VERIFY names '${first}', whose ENGINE is ${engine}, not ${ENGINE}")
    endif()
  endforeach()
  if(ENGINE STREQUAL "postgresql" AND NOT TARGET varve::scratch)
    _varve_argument_error(
      "VERIFY with ENGINE postgresql needs varve's component verify\n"
      "Write find_package(varve REQUIRED COMPONENTS postgresql verify), or build varve with VARVE_BUILD_VERIFY=ON "
      "(it needs Boost and a POSIX system).")
  endif()
  if(ENGINE STREQUAL "sqlite" AND NOT TARGET varve::sqlite)
    _varve_argument_error("VERIFY with ENGINE sqlite needs varve's component sqlite\n"
                          "Write find_package(varve REQUIRED COMPONENTS sqlite).")
  endif()
endfunction()

# <target>.verify: the program and the test.
function(_varve_verify)
  if(NOT DEFINED arg_VERIFY AND NOT "VERIFY" IN_LIST arg_KEYWORDS_MISSING_VALUES)
    return()
  endif()
  set(includes "")
  set(first "")
  foreach(each IN LISTS arg_VERIFY target)
    get_target_property(header ${each} VARVE_HEADER)
    cmake_path(GET header STEM name)
    string(APPEND includes "#include <${name}.hpp>\n")
    if(NOT each STREQUAL target)
      list(APPEND first "&${name}::history")
    endif()
  endforeach()
  list(JOIN first ", " first)
  list(TRANSFORM arg_SQLITE_FUNCTIONS REPLACE "(.+)" "R\"varve(\\1)varve\"" OUTPUT_VARIABLE functions)
  list(JOIN functions ", " functions)
  list(TRANSFORM arg_SQLITE_COLLATIONS REPLACE "(.+)" "R\"varve(\\1)varve\"" OUTPUT_VARIABLE collations)
  list(JOIN collations ", " collations)
  set(cache "${CMAKE_BINARY_DIR}/varve_verify")
  set(directory "${DIRECTORY}")
  if(NOT directory)
    cmake_path(GET SCHEMA PARENT_PATH directory)
  endif()
  set(main "${CMAKE_CURRENT_BINARY_DIR}/${target}.varve/verify.cpp")
  file(
    CONFIGURE
    OUTPUT "${main}"
    CONTENT
      [[
// Made by add_db_migrations(@target@ ... VERIFY).
@includes@
#include <varve/verify_program.hpp>

int main(int argc, char** argv) {
    const varve::verify_task task{.what = &@namespace@::history,
                                  .first = {@first@},
                                  .directory = R"varve(@directory@)varve",
                                  .master = R"varve(@SCHEMA@)varve",
                                  .cache = R"varve(@cache@)varve",
                                  .programs = R"varve(@VARVE_POSTGRESQL_BIN@)varve",
                                  .functions = {@functions@},
                                  .collations = {@collations@}};
    return varve::verify_on_@ENGINE@(task, {argv, static_cast<std::size_t>(argc)});
}
]]
    @ONLY)
  set(libraries varve::sqlite)
  if(ENGINE STREQUAL "postgresql")
    set(libraries varve::scratch)
  endif()
  add_executable(${target}.verify "${main}")
  set_target_properties(${target}.verify PROPERTIES CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT ""
                                                    CXX_INCLUDE_WHAT_YOU_USE "" UNITY_BUILD OFF CXX_SCAN_FOR_MODULES OFF)
  target_link_libraries(${target}.verify PRIVATE ${target} ${arg_VERIFY} ${libraries})
  add_test(NAME ${target}.verify COMMAND ${target}.verify)
endfunction()
