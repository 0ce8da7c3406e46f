# add_db_migrations(): a directory of migrations becomes an object library. Reference: docs/add_db_migrations.md
include_guard(GLOBAL)
cmake_policy(PUSH)
cmake_policy(VERSION 3.25...4.1) # so that DEPFILE and $<CONFIG> mean the same whatever the caller's policies are

include("${CMAKE_CURRENT_LIST_DIR}/varve_migration_arguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_sqlite_arguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_cpp_migrations.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_master_file.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_find_generator.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_verify_program.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_migrator_program.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/varve_history_docs.cmake")

# add_db_migrations(<target> [DIRECTORY <dir>] [SCHEMA <file>] ENGINE sqlite|postgresql
#                   [NAME <history>] [LOCK_FILE <file>] [REQUIRE_LOCKED [<config>...]] [REQUIRE_DOWN]
#                   [PG_TARGET_VERSION <major>] [VARIABLES <name>=<value>...]
#                   [LINT off|default|online|strict] [LINT_ERROR <code>...] [LINT_OFF <code>...]
#                   [DOCS <file>] [MIGRATOR <program>]
#                   [VERIFY [<history that is applied first>...]]
#                   [SQLITE_REPLAY on|off] [SQLITE_FUNCTIONS <name>[/<count>][:aggregate]...]
#                   [SQLITE_COLLATIONS <name>...] [SQLITE_TARGET_VERSION <version>])
function(add_db_migrations)
  if(ARGC EQUAL 0)
    message(FATAL_ERROR "add_db_migrations(): the name of the target to create is missing")
  endif()
  set(target "${ARGV0}")
  set(_varve_keywords
      DIRECTORY
      SCHEMA
      ENGINE
      NAME
      LOCK_FILE
      REQUIRE_LOCKED
      REQUIRE_DOWN
      PG_TARGET_VERSION
      LINT
      LINT_ERROR
      LINT_OFF
      VARIABLES
      DOCS
      MIGRATOR
      VERIFY
      SQLITE_REPLAY
      SQLITE_FUNCTIONS
      SQLITE_COLLATIONS
      SQLITE_TARGET_VERSION)
  foreach(keyword IN LISTS _varve_keywords)
    unset(arg_${keyword}) # a variable of the caller is not an argument
  endforeach()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "${_varve_keywords}")
  _varve_check_arguments()
  if(NOT TARGET varve::contract)
    _varve_argument_error("find_package(varve) was called in another directory, so its targets are not visible here\n"
                          "Call it in this directory or in one above.")
  endif()
  _varve_find_generator()

  set(identity --engine ${ENGINE} --name "${NAME}")
  if(DIRECTORY)
    list(APPEND identity --directory "${DIRECTORY}" --lock-file "${LOCK_FILE}")
  endif()
  if(SCHEMA)
    list(APPEND identity --schema "${SCHEMA}")
  endif()
  if(_varve_own_ledger)
    list(APPEND identity --own-ledger)
  endif()
  if("REQUIRE_DOWN" IN_LIST arg_KEYWORDS_MISSING_VALUES)
    list(APPEND identity --require-down)
  endif()
  if(DEFINED arg_PG_TARGET_VERSION)
    list(APPEND identity --pg-target-version ${arg_PG_TARGET_VERSION})
  endif()
  foreach(assignment IN LISTS arg_VARIABLES)
    list(APPEND identity "--variable=${assignment}")
  endforeach()
  list(APPEND identity ${lint})
  _varve_sqlite_options()
  _varve_require_locked()
  _varve_embed_command()
  _varve_history_library()
  _varve_history_commands()
  _varve_docs()
  _varve_verify()
  _varve_schema_writer()
  _varve_migrator()
endfunction()

# What follows are the steps of add_db_migrations(). They read its variables.

# Sets require_locked: the option, in the configurations that want it.
function(_varve_require_locked)
  set(require_locked "")
  if("REQUIRE_LOCKED" IN_LIST arg_KEYWORDS_MISSING_VALUES)
    set(require_locked --require-locked)
  elseif(DEFINED arg_REQUIRE_LOCKED)
    list(JOIN arg_REQUIRE_LOCKED "," configurations)
    set(require_locked "$<$<CONFIG:${configurations}>:--require-locked>")
  endif()
  return(PROPAGATE require_locked)
endfunction()

# Its output is a stamp. The sources are by-products, written only when their bytes change: a touched script compiles
# nothing. Sets: output, stamp, source, header, code_units, scripts.
function(_varve_embed_command)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${target}.varve")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND output "/$<CONFIG>") # else one configuration's stamp satisfies another's REQUIRE_LOCKED
  endif()
  set(stamp "${output}/${namespace}.stamp")
  set(source "${output}/${namespace}.cpp")
  set(header "${output}/include/${namespace}.hpp")
  set(depfile "${output}/${namespace}.d")
  set(scripts "")
  set(code_options "")
  set(code_units "")
  if(DIRECTORY)
    file(GLOB scripts LIST_DIRECTORIES false "${DIRECTORY}/*.sql")
    _varve_cpp_migrations()
  endif()
  _varve_watched_files()

  add_custom_command(
    OUTPUT "${stamp}"
    BYPRODUCTS "${source}" "${header}" ${code_units}
    COMMAND ${generator} embed ${identity} ${require_locked} --namespace ${namespace} --cpp "${source}" --header
            "${header}" --stamp "${stamp}" --depfile "${depfile}" ${code_options}
    DEPENDS ${generator_dependencies} ${watched}
    COMMENT "Embedding the migrations of ${target}"
    COMMAND_EXPAND_LISTS VERBATIM ${use_depfile})
  return(PROPAGATE output stamp source header code_units scripts)
endfunction()

# What makes the command run again. Sets: watched, use_depfile.
function(_varve_watched_files)
  set(watched "")
  set(use_depfile "")
  if(CMAKE_GENERATOR MATCHES "Ninja")
    # The depfile names every file that was read, the lock file and the directory: nothing is missed, and no change of
    # the directory needs CMake to run again.
    set(use_depfile DEPFILE "${depfile}")
    return(PROPAGATE watched use_depfile)
  endif()
  # Makefiles keep the vanished entries of a depfile and then run the command on every build (CMake 3.31 still does).
  # So the directory is an input of CMake, which lists it again, and of the command, which a deletion must run too.
  set(watched ${SCHEMA})
  if(NOT DIRECTORY)
    return(PROPAGATE watched use_depfile)
  endif()
  cmake_path(GET LOCK_FILE PARENT_PATH lock_directory)
  set(directories "${DIRECTORY}" "${lock_directory}")
  list(REMOVE_DUPLICATES directories)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${directories}")
  file(GLOB files LIST_DIRECTORIES false "${DIRECTORY}/*")
  list(APPEND watched ${directories} ${files})
  if(EXISTS "${LOCK_FILE}" AND NOT LOCK_FILE IN_LIST files)
    list(APPEND watched "${LOCK_FILE}")
  endif()
  return(PROPAGATE watched use_depfile)
endfunction()

function(_varve_history_library)
  add_library(${target} OBJECT)
  target_sources(${target} PRIVATE "${stamp}" "${source}" "${header}" ${code_units} ${scripts})
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${output}/include>")
  target_link_libraries(${target} PUBLIC varve::contract)
  # Constant data that may go into any kind of library: position independent, its symbol visible. No unity build, no
  # precompiled header and no checker has anything to gain from the generated unit.
  set_target_properties(
    ${target}
    PROPERTIES POSITION_INDEPENDENT_CODE ON
               CXX_VISIBILITY_PRESET default
               UNITY_BUILD OFF
               DISABLE_PRECOMPILE_HEADERS ON
               CXX_SCAN_FOR_MODULES OFF
               AUTOMOC OFF
               AUTOUIC OFF
               AUTORCC OFF
               CXX_CLANG_TIDY ""
               CXX_CPPCHECK ""
               CXX_CPPLINT ""
               CXX_INCLUDE_WHAT_YOU_USE ""
               VARVE_HEADER "${header}"
               VARVE_ENGINE ${ENGINE})
  # What embed keeps to show an edited migration as it was.
  set_property(TARGET ${target} APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${output}/${namespace}.kept")
  if(SCHEMA)
    target_sources(${target} PRIVATE "${SCHEMA}")
    set_source_files_properties("${SCHEMA}" PROPERTIES HEADER_FILE_ONLY ON)
  endif()
  if(scripts) # shown in IDEs, never compiled by themselves
    set_source_files_properties(${scripts} PROPERTIES HEADER_FILE_ONLY ON)
    source_group(TREE "${DIRECTORY}" PREFIX "Migrations" FILES ${scripts})
  endif()
endfunction()

# <target>.lock, if there are migrations, and <target>.check, so that nobody needs to know where the generator is.
function(_varve_history_commands)
  if(DIRECTORY)
    add_custom_target(
      ${target}.lock
      COMMAND ${generator} lock ${identity}
      DEPENDS ${generator_dependencies}
      COMMENT "Releasing the migrations of ${target}"
      USES_TERMINAL VERBATIM)
  endif()
  add_custom_target(
    ${target}.check
    COMMAND ${generator} check ${identity} ${require_locked}
    DEPENDS ${generator_dependencies}
    COMMENT "Checking the migrations of ${target}"
    USES_TERMINAL COMMAND_EXPAND_LISTS VERBATIM)
endfunction()

cmake_policy(POP)
