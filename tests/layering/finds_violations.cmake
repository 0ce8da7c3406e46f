# Each file below breaks one rule of check_includes.cmake; each must be reported, and the good ones must not.
cmake_minimum_required(VERSION 3.25...4.1)
file(REMOVE_RECURSE "${WORK}")

function(write path include)
  file(WRITE "${WORK}/${path}" "#pragma once\n\n#include <${include}>\n")
endfunction()
function(run_check)
  execute_process(COMMAND "${CMAKE_COMMAND}" -D "ROOT=${WORK}" -P "${CHECK}" RESULT_VARIABLE result
                  ERROR_VARIABLE output)
  return(PROPAGATE result output)
endfunction()

write(generator/source/good.hpp varve/history.hpp)
write(generator/commands/good.cpp emit/unit.hpp)
write(runtime/core/good.cpp varve/plan.hpp)
write(runtime/sqlite/good.cpp sqlite3.h)
write(runtime/postgresql/good.cpp pqxx/connection)
run_check()
if(NOT result EQUAL 0)
  message(FATAL_ERROR "good includes are refused:\n${output}")
endif()

set(bad
    "generator/source/a.cpp=emit/unit.hpp"
    "generator/sql/b.cpp=lock/lock_file.hpp"
    "generator/emit/c.cpp=varve/plan.hpp"
    "runtime/core/d.cpp=sqlite/session.hpp"
    "runtime/core/e.cpp=varve/sqlite.hpp"
    "runtime/core/f.cpp=sqlite3.h"
    "runtime/cli/g.cpp=pqxx/pqxx"
    "runtime/sqlite/h.cpp=postgresql/session.hpp"
    "runtime/core/i.cpp=source/text_file.hpp"
    "runtime/core/j.cpp=boost/process/v2.hpp"
    "runtime/cli/k.cpp=unistd.h"
    "runtime/cli/l.cpp=sys/stat.h"
    "runtime/include/varve/m.hpp=core/performer.hpp"
    "runtime/unknown/n.cpp=vector"
    "runtime/core/o.cpp=openssl/sha.h")
foreach(pair IN LISTS bad)
  string(REPLACE "=" ";" pair "${pair}")
  list(GET pair 0 path)
  list(GET pair 1 include)
  write(${path} ${include})
endforeach()
run_check()
if(result EQUAL 0)
  message(FATAL_ERROR "no violation was found")
endif()
foreach(pair IN LISTS bad)
  string(REGEX REPLACE "=.*" "" path "${pair}")
  if(NOT output MATCHES "${path}")
    message(FATAL_ERROR "the violation in ${path} was not found:\n${output}")
  endif()
endforeach()
if(output MATCHES "good")
  message(FATAL_ERROR "a good include is refused:\n${output}")
endif()
file(REMOVE_RECURSE "${WORK}")
