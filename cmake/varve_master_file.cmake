# SCHEMA of add_db_migrations(): the master file, the complete schema in one script. Reference: docs/schema.md
include_guard(GLOBAL)

# Reads the arguments of add_db_migrations(). Sets SCHEMA; empty: there is none.
function(_varve_check_schema)
  set(SCHEMA "")
  if(DEFINED arg_SCHEMA)
    cmake_path(ABSOLUTE_PATH arg_SCHEMA BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE SCHEMA)
    if(IS_DIRECTORY "${SCHEMA}")
      _varve_argument_error("SCHEMA is a directory: ${SCHEMA}\nIt is a file: the complete schema in one script.")
    endif()
    if(NOT EXISTS "${SCHEMA}")
      _varve_argument_error("there is no file ${SCHEMA}\nCreate it, or correct SCHEMA. "
                            "Beside migrations it may be empty at first: the target ${target}.schema writes it.")
    endif()
    _varve_check_schema_place()
  endif()
  return(PROPAGATE SCHEMA)
endfunction()

# What is in the directory of migrations is a migration.
function(_varve_check_schema_place)
  if(NOT DEFINED arg_DIRECTORY)
    foreach(keyword IN ITEMS LOCK_FILE REQUIRE_LOCKED REQUIRE_DOWN)
      if(DEFINED arg_${keyword} OR keyword IN_LIST arg_KEYWORDS_MISSING_VALUES)
        _varve_argument_error("${keyword} is about migrations, but there is only SCHEMA\n"
                              "Write DIRECTORY and the directory that holds them, or leave ${keyword} out.")
      endif()
    endforeach()
    return()
  endif()
  cmake_path(GET SCHEMA PARENT_PATH place)
  if(place STREQUAL DIRECTORY)
    _varve_argument_error("SCHEMA is among the migrations: ${SCHEMA}\nMove it out of their directory.")
  endif()
endfunction()

# <target>.schema: writes the master file after running the migrations. It must work when the master file is out of date,
# which fails the build: so the program behind it embeds the migrations alone, by itself.
function(_varve_schema_writer)
  set(library varve::sqlite)
  if(ENGINE STREQUAL "postgresql")
    set(library varve::scratch)
  endif()
  # Migrations in C++ are compiled into one program only.
  if(NOT SCHEMA OR NOT DIRECTORY OR code_units OR NOT TARGET ${library} OR NOT "${arg_VERIFY}" STREQUAL "")
    return()
  endif()
  set(place "${output}/schema_writer")
  set(unit "${place}/${namespace}.cpp")
  set(migrations ${identity})
  list(FIND migrations --schema index)
  list(REMOVE_AT migrations ${index}) # the word, and then its value in the same place
  list(REMOVE_AT migrations ${index})
  set(depfile "${place}/${namespace}.d")
  _varve_watched_files()
  add_custom_command(
    OUTPUT "${place}/${namespace}.stamp"
    BYPRODUCTS "${unit}" "${place}/${namespace}.hpp"
    COMMAND ${generator} embed ${migrations} --namespace ${namespace} --cpp "${unit}" --header "${place}/${namespace}.hpp"
            --stamp "${place}/${namespace}.stamp" --depfile "${depfile}"
    DEPENDS ${generator_dependencies} ${watched}
    COMMENT "Embedding the migrations of ${target} without their master file"
    COMMAND_EXPAND_LISTS VERBATIM ${use_depfile})
  set(cache "${CMAKE_BINARY_DIR}/varve_verify")
  set(main "${CMAKE_CURRENT_BINARY_DIR}/${target}.varve/schema_writer.cpp")
  file(
    CONFIGURE
    OUTPUT "${main}"
    CONTENT
      [[
// Made by add_db_migrations(@target@ ... SCHEMA).
#include <@namespace@.hpp>
#include <varve/verify_program.hpp>

int main(int argc, char** argv) {
    const varve::verify_task task{.what = &@namespace@::history,
                                  .first = {},
                                  .directory = R"varve(@DIRECTORY@)varve",
                                  .master = R"varve(@SCHEMA@)varve",
                                  .cache = R"varve(@cache@)varve",
                                  .programs = R"varve(@VARVE_POSTGRESQL_BIN@)varve"};
    return varve::write_schema_on_@ENGINE@(task, {argv, static_cast<std::size_t>(argc)});
}
]]
    @ONLY)
  add_executable(${target}.schema_writer EXCLUDE_FROM_ALL "${main}" "${unit}" "${place}/${namespace}.stamp")
  set_target_properties(
    ${target}.schema_writer PROPERTIES CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT "" CXX_INCLUDE_WHAT_YOU_USE ""
                                       UNITY_BUILD OFF CXX_SCAN_FOR_MODULES OFF)
  target_include_directories(${target}.schema_writer PRIVATE "${place}")
  target_link_libraries(${target}.schema_writer PRIVATE ${library} varve::contract)
  add_custom_target(
    ${target}.schema
    COMMAND ${target}.schema_writer "${SCHEMA}"
    COMMENT "Writing ${SCHEMA}"
    VERBATIM)
endfunction()
