# varve built as a part of the user's project. VARIANT says how.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
list(APPEND CONFIGURE "-DFETCHCONTENT_SOURCE_DIR_VARVE=${VARVE_SOURCE}" -DCMAKE_PREFIX_PATH= -DCMAKE_INSTALL_PREFIX=${WORK}/prefix)

if(VARIANT STREQUAL "shared")
  # Shared libraries; installed too, and found there by another project. What the user has set for all of the project
  # does no harm.
  step("configures" RUN ${CONFIGURE} -DCMAKE_UNITY_BUILD=ON -DCMAKE_CXX_VISIBILITY_PRESET=hidden
       -DCMAKE_CXX_STANDARD=17 -DBUILD_SHARED_LIBS=ON -DVARVE_INSTALL=ON
       "-DVARVE_GENERATOR=${GENERATOR_PROGRAM}" -DVARVE_BUILD_GENERATOR=OFF)
  step("builds" RUN ${COMPILE})
  step("runs" RUN "${CMAKE_COMMAND}" -E chdir "${WORK}" "${BUILD}/shop" migrate)
  step("installs varve" RUN "${CMAKE_COMMAND}" --install "${BUILD}")
  file(GLOB libraries RELATIVE "${WORK}/prefix" "${WORK}/prefix/lib*/lib*" "${WORK}/prefix/lib*/*/lib*.so*")
  if(NOT libraries MATCHES "libvarve_sqlite\\.so\\.${VARVE_VERSION}")
    message(FATAL_ERROR "no shared library was installed: ${libraries}")
  endif()
  step("another project finds them" RUN ${CONFIGURE} -S "${CMAKE_CURRENT_LIST_DIR}/../minimal/project" -B "${WORK}/minimal_build"
       "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DVARVE_GENERATOR=${GENERATOR_PROGRAM}")
  step("builds" RUN "${CMAKE_COMMAND}" --build "${WORK}/minimal_build")
  step("and runs" RUN "${CMAKE_COMMAND}" -E chdir "${WORK}" "${WORK}/minimal_build/shop" check)
elseif(VARIANT STREQUAL "cross")
  # The generator is built for this machine, by a build of its own.
  step("configures" RUN ${CONFIGURE} -DCMAKE_SYSTEM_NAME=Linux
       "-DVARVE_HOST_CMAKE_ARGS=-DCMAKE_BUILD_TYPE=Debug\\;-DCMAKE_CXX_FLAGS_DEBUG=-O0\\;-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}")
  step("builds" PRINTS "Embedding the migrations of shop_schema" RUN ${COMPILE} --target list)
  step("runs" RUN "${BUILD}/list")
  step("has nothing left to do" LACKS "Embedding|Building|Linking" RUN ${COMPILE} --target list)
elseif(VARIANT STREQUAL "quiet")
  # Nothing of varve's own reaches the user's project: no tests, no install rules, no warning options.
  step("configures" RUN ${CONFIGURE} "-DVARVE_GENERATOR=${GENERATOR_PROGRAM}" -DVARVE_BUILD_GENERATOR=OFF
       -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
  step("builds what is asked for" RUN ${COMPILE} --target list)
  step("runs" RUN "${BUILD}/list")
  if(EXISTS "${BUILD}/CTestTestfile.cmake")
    message(FATAL_ERROR "varve adds tests to a user's project")
  endif()
  step("installs nothing" LACKS "Installing" RUN "${CMAKE_COMMAND}" --install "${BUILD}" --config Debug)
  file(READ "${BUILD}/compile_commands.json" commands)
  if(commands MATCHES "-Werror|-Wall")
    message(FATAL_ERROR "varve adds warning options in a user's project")
  endif()
else()
  message(FATAL_ERROR "no such variant: ${VARIANT}")
endif()
