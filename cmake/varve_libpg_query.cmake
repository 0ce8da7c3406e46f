# PostgreSQL's own grammar for the generator: defines the target varve_libpg_query, with nlohmann/json that reads its
# trees, and VARVE_HAS_LIBPG_QUERY. Optional: without it the generator knows PostgreSQL by its tokens only.
include_guard(GLOBAL)

set(VARVE_WITH_LIBPG_QUERY AUTO CACHE STRING "PostgreSQL's own grammar in the generator: AUTO (if it is found), ON or OFF")
set_property(CACHE VARVE_WITH_LIBPG_QUERY PROPERTY STRINGS AUTO ON OFF)
set(VARVE_HAS_LIBPG_QUERY OFF)

# Neither libpg_query's authors nor Debian ship a CMake package. The static library comes first: its shared one has
# another name with every release.
macro(_varve_find_libpg_query)
  find_path(VARVE_LIBPG_QUERY_INCLUDE_DIR pg_query.h)
  find_library(VARVE_LIBPG_QUERY_LIBRARY NAMES libpg_query.a pg_query)
  mark_as_advanced(VARVE_LIBPG_QUERY_INCLUDE_DIR VARVE_LIBPG_QUERY_LIBRARY)
  find_package(nlohmann_json QUIET)
  set(_varve_missing "")
  if(NOT VARVE_LIBPG_QUERY_INCLUDE_DIR OR NOT VARVE_LIBPG_QUERY_LIBRARY)
    list(APPEND _varve_missing libpg-query-dev)
  endif()
  if(NOT nlohmann_json_FOUND)
    list(APPEND _varve_missing nlohmann-json3-dev)
  endif()
  list(JOIN _varve_missing " " _varve_missing)
endmacro()

if(VARVE_WITH_LIBPG_QUERY STREQUAL "AUTO" OR VARVE_WITH_LIBPG_QUERY)
  _varve_find_libpg_query()
  if(_varve_missing STREQUAL "")
    set(VARVE_HAS_LIBPG_QUERY ON)
  elseif(NOT VARVE_WITH_LIBPG_QUERY STREQUAL "AUTO")
    message(
      FATAL_ERROR
        "varve: libpg_query or nlohmann/json was not found, and VARVE_WITH_LIBPG_QUERY is ${VARVE_WITH_LIBPG_QUERY}.\n"
        "Install them (Debian, Ubuntu: apt install ${_varve_missing}), tell CMake where they are "
        "(-DCMAKE_PREFIX_PATH=...), or build without: -DVARVE_WITH_LIBPG_QUERY=OFF")
  endif()
endif()

if(VARVE_HAS_LIBPG_QUERY)
  file(STRINGS "${VARVE_LIBPG_QUERY_INCLUDE_DIR}/pg_query.h" _varve_major REGEX "define PG_MAJORVERSION ")
  string(REGEX REPLACE "[^0-9]" "" _varve_major "${_varve_major}")
  message(STATUS "varve: the generator checks PostgreSQL's SQL with the grammar of PostgreSQL ${_varve_major} (libpg_query)")
  add_library(varve_libpg_query INTERFACE)
  target_include_directories(varve_libpg_query SYSTEM INTERFACE "${VARVE_LIBPG_QUERY_INCLUDE_DIR}")
  target_link_libraries(varve_libpg_query INTERFACE "${VARVE_LIBPG_QUERY_LIBRARY}" nlohmann_json::nlohmann_json)
elseif(VARVE_WITH_LIBPG_QUERY STREQUAL "AUTO")
  message(STATUS "varve: the generator checks PostgreSQL's SQL by its tokens only; for PostgreSQL's own grammar install "
                 "${_varve_missing}")
else()
  message(STATUS "varve: the generator checks PostgreSQL's SQL by its tokens only (VARVE_WITH_LIBPG_QUERY is OFF)")
endif()
