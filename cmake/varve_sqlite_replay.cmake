# SQLite in the generator, which replays SQLite histories while building. Sets VARVE_HAS_SQLITE_REPLAY. Optional:
# without it everything else is checked.
include_guard(GLOBAL)

set(VARVE_WITH_SQLITE_REPLAY AUTO CACHE STRING "SQLite in the generator, to replay histories: AUTO (if it is found), ON or OFF")
set_property(CACHE VARVE_WITH_SQLITE_REPLAY PROPERTY STRINGS AUTO ON OFF)
set(VARVE_HAS_SQLITE_REPLAY OFF CACHE INTERNAL "")

if(VARVE_WITH_SQLITE_REPLAY STREQUAL "AUTO" OR VARVE_WITH_SQLITE_REPLAY)
  include("${CMAKE_CURRENT_LIST_DIR}/varve_libsqlite3.cmake")
  # 3.36 is the first that always makes a copy of a database in memory.
  if(varve_libsqlite3_FOUND AND NOT SQLite3_VERSION VERSION_LESS 3.36)
    set(VARVE_HAS_SQLITE_REPLAY ON CACHE INTERNAL "")
  elseif(NOT VARVE_WITH_SQLITE_REPLAY STREQUAL "AUTO")
    message(
      FATAL_ERROR
        "varve: SQLite 3.36 or later was not found, and VARVE_WITH_SQLITE_REPLAY is ${VARVE_WITH_SQLITE_REPLAY}.\n"
        "Install it (Debian, Ubuntu: apt install libsqlite3-dev), tell CMake where it is (-DCMAKE_PREFIX_PATH=...), or "
        "build without: -DVARVE_WITH_SQLITE_REPLAY=OFF")
  endif()
endif()

if(VARVE_HAS_SQLITE_REPLAY)
  message(STATUS "varve: the generator replays SQLite histories with SQLite ${SQLite3_VERSION}")
elseif(VARVE_WITH_SQLITE_REPLAY STREQUAL "AUTO")
  message(STATUS "varve: the generator does not replay SQLite histories; for that install libsqlite3-dev (3.36 or later)")
else()
  message(STATUS "varve: the generator does not replay SQLite histories (VARVE_WITH_SQLITE_REPLAY is OFF)")
endif()
