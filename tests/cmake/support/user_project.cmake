# What every case uses: steps that run a command and say what it must do and print. Included first by each test.cmake.
include("${SETTINGS}")

set(SOURCE "${WORK}/source")
set(BUILD "${WORK}/build")
file(REMOVE_RECURSE "${WORK}")
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/../${CASE}/project")
  file(COPY "${CMAKE_CURRENT_LIST_DIR}/../${CASE}/project/" DESTINATION "${SOURCE}")
endif()

# What a user's environment may contain must not change the result.
foreach(variable IN ITEMS CMAKE_GENERATOR CMAKE_PREFIX_PATH CMAKE_BUILD_TYPE CMAKE_CONFIG_TYPE DESTDIR VERBOSE NINJA_STATUS
                          MAKEFLAGS CFLAGS CXXFLAGS LDFLAGS)
  unset(ENV{${variable}})
endforeach()
set(ENV{LC_ALL} C.UTF-8)
# Nor may a varve that this machine has on PATH.
string(REPLACE ":" ";" directories "$ENV{PATH}")
foreach(directory IN LISTS directories)
  if(EXISTS "${directory}/varve")
    list(REMOVE_ITEM directories "${directory}")
  endif()
endforeach()
list(JOIN directories ":" directories)
set(ENV{PATH} "${directories}")

# The command line that configures a user's project against the installed varve.
set(CONFIGURE
    "${CMAKE_COMMAND}" -G Ninja -S "${SOURCE}" -B "${BUILD}" "-DCMAKE_PREFIX_PATH=${PREFIX}" -DCMAKE_BUILD_TYPE=Debug
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS} -O0")
if(LAUNCHER)
  list(APPEND CONFIGURE "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}")
endif()
set(COMPILE "${CMAKE_COMMAND}" --build "${BUILD}" -j 2)

# step(<what is expected, a sentence> [FAILS] [PRINTS <regex>...] [LACKS <regex>...] RUN <command>...)
# Runs the command; stops the test if it does something else. Sets `output` (both streams).
function(step title)
  cmake_parse_arguments(PARSE_ARGV 1 step "FAILS" "" "PRINTS;LACKS;RUN")
  execute_process(
    COMMAND ${step_RUN}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(step_FAILS AND result EQUAL 0)
    stop("it must fail, but it succeeds")
  elseif(NOT step_FAILS AND NOT result EQUAL 0)
    stop("it fails (${result})")
  endif()
  # CMake breaks the lines of its messages: compare words.
  string(REGEX REPLACE "[ \n]+" " " words "${output}")
  foreach(expected IN LISTS step_PRINTS)
    if(NOT words MATCHES "${expected}")
      stop("it does not print: ${expected}")
    endif()
  endforeach()
  foreach(unexpected IN LISTS step_LACKS)
    if(words MATCHES "${unexpected}")
      stop("it prints: ${unexpected}")
    endif()
  endforeach()
  message("ok: ${title}")
  set(output "${output}" PARENT_SCOPE)
endfunction()

macro(stop reason)
  list(JOIN step_RUN " " command)
  message(FATAL_ERROR "${title}: ${reason}\n--- command\n${command}\n--- output\n${output}\n---")
endmacro()

# Replaces text in a file of the user's project; it must be there.
function(edit file old new)
  file(READ "${SOURCE}/${file}" text)
  string(FIND "${text}" "${old}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "${file} does not contain: ${old}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  file(WRITE "${SOURCE}/${file}" "${text}")
endfunction()
