# MIGRATOR of add_db_migrations(): a program that looks after a database by this history, without a line of C++.
# Reference: docs/add_db_migrations.md
include_guard(GLOBAL)

# Reads the arguments of add_db_migrations().
function(_varve_check_migrator)
  if(NOT DEFINED arg_MIGRATOR)
    return()
  endif()
  if(TARGET "${arg_MIGRATOR}" OR arg_MIGRATOR STREQUAL target)
    _varve_argument_error("MIGRATOR '${arg_MIGRATOR}' is a target already; it is the name of a program to create")
  endif()
  if(NOT arg_MIGRATOR MATCHES "^[A-Za-z0-9_.+-]+$")
    _varve_argument_error("MIGRATOR '${arg_MIGRATOR}' is no name of a target\n"
                          "Use letters, digits and any of _ . + - as in shop-migrate.")
  endif()
  if(NOT TARGET varve::${ENGINE})
    _varve_argument_error("MIGRATOR with ENGINE ${ENGINE} needs varve's component ${ENGINE}\n"
                          "Write find_package(varve REQUIRED COMPONENTS ${ENGINE}).")
  endif()
endfunction()

# The program. On PostgreSQL it makes backups, too, if the component backup is there.
function(_varve_migrator)
  if(NOT DEFINED arg_MIGRATOR)
    return()
  endif()
  set(main "${CMAKE_CURRENT_BINARY_DIR}/${target}.varve/migrator.cpp")
  set(libraries varve::${ENGINE})
  set(include_backup "")
  set(with_backup "")
  if(ENGINE STREQUAL "postgresql" AND TARGET varve::backup)
    list(APPEND libraries varve::backup)
    set(include_backup "#include <varve/backup.hpp>\n#include <memory>")
    set(with_backup ".with(std::make_shared<varve::postgresql_backup>(called.database))")
  endif()
  file(
    CONFIGURE
    OUTPUT "${main}"
    CONTENT
      [[
// Made by add_db_migrations(@target@ ... MIGRATOR @arg_MIGRATOR@).
#include <@namespace@.hpp>
#include <varve/@ENGINE@.hpp>
#include <varve/migrator_program.hpp>
@include_backup@

int main(int argc, char** argv) {
    return varve::migrator("@arg_MIGRATOR@", {argv, argv + argc}, [](const varve::migrator_call& called) {
        varve::@ENGINE@_engine database(called.database);
        return varve::command_line(database, @namespace@::history, called.words,
                                   varve::tools_of(database)@with_backup@,
                                   {.program = "@arg_MIGRATOR@"});
    });
}
]]
    @ONLY)
  add_executable(${arg_MIGRATOR} "${main}")
  set_target_properties(${arg_MIGRATOR} PROPERTIES CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT ""
                                                   CXX_INCLUDE_WHAT_YOU_USE "" UNITY_BUILD OFF CXX_SCAN_FOR_MODULES OFF)
  target_link_libraries(${arg_MIGRATOR} PRIVATE ${target} ${libraries})
endfunction()
