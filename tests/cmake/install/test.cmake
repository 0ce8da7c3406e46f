# Installs the varve that was just built twice: whole, and without the generator as a cross build's target package is.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
file(REMOVE_RECURSE "${PREFIX}" "${PREFIX_WITHOUT_GENERATOR}")
set(INSTALL "${CMAKE_COMMAND}" --install "${VARVE_BUILD}" --config "${VARVE_CONFIG}")

step("varve is installed" RUN ${INSTALL} --prefix "${PREFIX}")
foreach(component IN ITEMS varve_development varve_runtime)
  step("varve's ${component} is installed" RUN ${INSTALL} --prefix "${PREFIX_WITHOUT_GENERATOR}" --component
                                                ${component})
endforeach()
step("the installed generator runs" PRINTS "${VARVE_VERSION}" RUN "${PREFIX}/bin/varve" --version)
if(EXISTS "${PREFIX_WITHOUT_GENERATOR}/bin/varve")
  message(FATAL_ERROR "the development component brings the generator along")
endif()

# Every public header is installed: a new one that no file set names would be missing for users only.
file(GLOB headers RELATIVE "${VARVE_SOURCE}/runtime/include" "${VARVE_SOURCE}/runtime/include/varve/*.hpp")
if(NOT HAS_POSTGRESQL)
  list(REMOVE_ITEM headers varve/postgresql.hpp)
endif()
foreach(header IN LISTS headers)
  if(NOT EXISTS "${PREFIX}/include/${header}")
    message(FATAL_ERROR "${header} is not installed: add it to the HEADERS file set in runtime/CMakeLists.txt")
  endif()
endforeach()

# The package can be moved: nothing in it names this machine's paths.
file(GLOB_RECURSE files "${PREFIX}/*.cmake")
foreach(file IN LISTS files)
  file(READ "${file}" text)
  foreach(path IN ITEMS "${VARVE_SOURCE}" "${VARVE_BUILD}" "${PREFIX}")
    string(FIND "${text}" "${path}/" position)
    if(NOT position EQUAL -1)
      message(FATAL_ERROR "${file} names ${path}")
    endif()
  endforeach()
endforeach()
