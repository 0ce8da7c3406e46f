# The arguments of add_db_migrations(), checked and turned into names. Every mistake is an error that says which call,
# what is wrong and what to write instead.
include_guard(GLOBAL)

function(_varve_argument_error)
  set(text "")
  math(EXPR last "${ARGC} - 1")
  foreach(index RANGE ${last})
    string(APPEND text "${ARGV${index}}")
  endforeach()
  message(FATAL_ERROR "add_db_migrations(${target}): ${text}")
endfunction()

# One value of a keyword, checked. Called by each of the functions below through arg_<KEYWORD>.
function(_varve_single_value keyword)
  if(keyword IN_LIST arg_KEYWORDS_MISSING_VALUES)
    _varve_argument_error("${keyword} has no value")
  endif()
  list(LENGTH arg_${keyword} count)
  if(count GREATER 1)
    list(JOIN arg_${keyword} " " words)
    _varve_argument_error(
      "${keyword} takes one value but was given ${count}: ${words}\n"
      "Is a keyword misspelt or given twice? They are: ${_varve_keywords}")
  endif()
  if(arg_${keyword} STREQUAL "")
    _varve_argument_error("the value of ${keyword} is empty")
  endif()
  if(arg_${keyword} MATCHES ";")
    _varve_argument_error("${keyword} '${arg_${keyword}}' must not contain a semicolon")
  endif()
endfunction()

# Reads `target` and the arg_<KEYWORD> of the caller; sets there: namespace, DIRECTORY, ENGINE, NAME, LOCK_FILE.
function(_varve_check_arguments)
  set(_varve_keywords "DIRECTORY ENGINE NAME LOCK_FILE REQUIRE_LOCKED REQUIRE_DOWN")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    _varve_argument_error("unknown argument '${arg_UNPARSED_ARGUMENTS}'\nThe keywords are: ${_varve_keywords}")
  endif()
  foreach(keyword IN ITEMS DIRECTORY ENGINE NAME LOCK_FILE)
    if(DEFINED arg_${keyword} OR keyword IN_LIST arg_KEYWORDS_MISSING_VALUES)
      _varve_single_value(${keyword})
    endif()
  endforeach()
  _varve_check_target()
  _varve_check_engine()
  _varve_check_directory()
  _varve_check_name()
  _varve_check_lock_file()
  _varve_check_configurations()
  _varve_check_switch(REQUIRE_DOWN)
  return(PROPAGATE namespace DIRECTORY ENGINE NAME LOCK_FILE)
endfunction()

# A target's name is the name of its header and of its namespace, with each run of '-', '.' and '+' turned into '_'.
function(_varve_check_target)
  if(target MATCHES "::")
    string(REPLACE "::" "_" plain "${target}")
    _varve_argument_error(
      "'::' cannot be in the name of a target that is built here\n"
      "Name it ${plain} and add: add_library(${target} ALIAS ${plain})")
  endif()
  if(NOT target MATCHES "^[A-Za-z0-9_.+-]+$")
    _varve_argument_error("a target's name is made of the letters A-Z and a-z, digits, '_', '-', '.' and '+'")
  endif()
  foreach(name IN ITEMS ${target} ${target}.lock ${target}.check)
    if(TARGET ${name})
      _varve_argument_error("there is a target named ${name} already")
    endif()
  endforeach()

  string(REGEX REPLACE "[^A-Za-z0-9]+" "_" namespace "${target}")
  _varve_check_namespace()
  get_property(owner GLOBAL PROPERTY _varve_namespace_${namespace})
  if(owner)
    _varve_argument_error(
      "its namespace ${namespace} and its header ${namespace}.hpp are those of the target ${owner}\n"
      "Give one of the two another name.")
  endif()
  set_property(GLOBAL PROPERTY _varve_namespace_${namespace} "${target}")
  return(PROPAGATE namespace)
endfunction()

function(_varve_check_namespace)
  # C++20's keywords, and what is a macro or taken in the global namespace with the usual compilers.
  set(keywords
      alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl
      concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default
      delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long
      mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register
      reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this
      thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor
      xor_eq)
  set(taken std posix varve main linux unix i386 errno assert NULL EOF)
  if(namespace IN_LIST keywords)
    set(reason "'${namespace}' is a C++ keyword")
  elseif(namespace IN_LIST taken)
    set(reason "'${namespace}' is taken in C++ programs")
  elseif(namespace MATCHES "^[0-9]")
    set(reason "'${namespace}' begins with a digit")
  elseif(namespace MATCHES "^_|_$")
    set(reason "'${namespace}' begins or ends with '_'")
  else()
    return()
  endif()
  _varve_argument_error(
    "the target's name is the namespace and the header of its history, but ${reason}\n"
    "Choose another name, such as my_schema.")
endfunction()

function(_varve_check_engine)
  if(NOT DEFINED arg_ENGINE)
    _varve_argument_error("ENGINE is missing; write ENGINE sqlite or ENGINE postgresql")
  endif()
  if(NOT arg_ENGINE STREQUAL "sqlite" AND NOT arg_ENGINE STREQUAL "postgresql")
    _varve_argument_error("ENGINE is sqlite or postgresql, in lower case, but not '${arg_ENGINE}'")
  endif()
  set(ENGINE "${arg_ENGINE}" PARENT_SCOPE)
endfunction()

function(_varve_check_directory)
  if(NOT DEFINED arg_DIRECTORY)
    _varve_argument_error("DIRECTORY is missing; write DIRECTORY and the directory that holds the migrations")
  endif()
  cmake_path(ABSOLUTE_PATH arg_DIRECTORY BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE DIRECTORY)
  string(REGEX REPLACE "(.)/$" "\\1" DIRECTORY "${DIRECTORY}")
  if(NOT EXISTS "${DIRECTORY}")
    _varve_argument_error("there is no directory ${DIRECTORY}\nCreate it, or correct DIRECTORY.")
  endif()
  if(NOT IS_DIRECTORY "${DIRECTORY}")
    _varve_argument_error("DIRECTORY is a file: ${DIRECTORY}")
  endif()
  return(PROPAGATE DIRECTORY)
endfunction()

# The name is the ledger's key for ever.
function(_varve_check_name)
  set(NAME "${target}")
  if(DEFINED arg_NAME)
    set(NAME "${arg_NAME}")
  endif()
  if(NAME MATCHES "^varve" AND NOT _varve_own_ledger)
    _varve_argument_error("the history's name '${NAME}' begins with 'varve', which varve keeps for itself\n"
                          "Give it another one with NAME.")
  endif()
  string(LENGTH "${NAME}" length)
  if(NOT NAME MATCHES "^[A-Za-z_][A-Za-z0-9_.-]*$" OR length GREATER 63)
    _varve_argument_error("the history's name '${NAME}' is not a letter or '_' and then letters, digits, '_', '-' and '.', "
                          "at most 63\nGive it another one with NAME.")
  endif()
  return(PROPAGATE NAME)
endfunction()

# The lock file need not exist: `<target>.lock` creates it.
function(_varve_check_lock_file)
  set(LOCK_FILE "${DIRECTORY}/${ENGINE}.lock")
  if(DEFINED arg_LOCK_FILE)
    cmake_path(ABSOLUTE_PATH arg_LOCK_FILE BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE
               LOCK_FILE)
  endif()
  cmake_path(GET LOCK_FILE PARENT_PATH lock_directory)
  if(NOT IS_DIRECTORY "${lock_directory}")
    _varve_argument_error("LOCK_FILE is to be in ${lock_directory}, which is not a directory")
  endif()
  if(IS_DIRECTORY "${LOCK_FILE}")
    _varve_argument_error("LOCK_FILE is a directory: ${LOCK_FILE}")
  endif()
  return(PROPAGATE LOCK_FILE)
endfunction()

# A keyword that stands alone.
function(_varve_check_switch keyword)
  if(DEFINED arg_${keyword})
    list(JOIN arg_${keyword} " " words)
    _varve_argument_error("${keyword} takes no value but was given '${words}'\nThe keywords are: ${_varve_keywords}")
  endif()
endfunction()

# A misspelt configuration would protect nothing.
function(_varve_check_configurations)
  if(NOT DEFINED arg_REQUIRE_LOCKED)
    return()
  endif()
  if(arg_REQUIRE_LOCKED STREQUAL "")
    _varve_argument_error("REQUIRE_LOCKED was given an empty value; write it alone to mean every configuration")
  endif()
  set(known Debug Release RelWithDebInfo MinSizeRel ${CMAKE_CONFIGURATION_TYPES} ${CMAKE_BUILD_TYPE})
  list(REMOVE_DUPLICATES known)
  string(TOUPPER "${known}" known_upper)
  foreach(configuration IN LISTS arg_REQUIRE_LOCKED)
    string(TOUPPER "${configuration}" upper)
    if(NOT upper IN_LIST known_upper AND NOT DEFINED CMAKE_CXX_FLAGS_${upper})
      list(JOIN known ", " known)
      _varve_argument_error("REQUIRE_LOCKED names '${configuration}', which is no configuration\nKnown are: ${known}")
    endif()
  endforeach()
endfunction()
