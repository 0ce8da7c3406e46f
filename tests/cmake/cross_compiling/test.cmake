# Building for another machine: the generator that runs is one for this machine, by variable or by PATH, and never the one
# that belongs to the installed package of the other machine.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
list(APPEND CONFIGURE -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=other)
cmake_path(GET GENERATOR_PROGRAM PARENT_PATH generator_directory)

function(cross title)
  file(REMOVE_RECURSE "${BUILD}")
  step("${title}" ${ARGN})
endfunction()
# A generator that answers --version with something.
function(write_generator file answer)
  file(WRITE "${file}" "#!/bin/sh\n${answer}\n")
  file(CHMOD "${file}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endfunction()

cross("without a generator for this machine, the package's own is not taken" FAILS PRINTS
      "there is no generator `varve` that runs on this machine" "set VARVE_GENERATOR to the path of a `varve` of version ${VARVE_VERSION}"
      RUN ${CONFIGURE})
if(NOT EXISTS "${PREFIX}/bin/varve")
  message(FATAL_ERROR "the test needs a generator in the package to prove this")
endif()

cross("by variable" RUN ${CONFIGURE} "-DVARVE_GENERATOR=${GENERATOR_PROGRAM}")
step("it builds" RUN ${COMPILE})
step("and has nothing left to do" LACKS "Embedding|Building|Linking" RUN ${COMPILE})
step("and checks" RUN ${COMPILE} --target shop_schema.check)

cross("by PATH" RUN "${CMAKE_COMMAND}" -E env "PATH=${generator_directory}:$ENV{PATH}" ${CONFIGURE})
step("it builds" RUN ${COMPILE})
step("and runs" RUN "${BUILD}/shop")

cross("a variable that names no file" FAILS PRINTS "VARVE_GENERATOR is /nowhere/varve, which is not a file" RUN
      ${CONFIGURE} -DVARVE_GENERATOR=/nowhere/varve)
cross("a variable that names a directory" FAILS PRINTS "VARVE_GENERATOR is ${PREFIX}, which is not a file" RUN
      ${CONFIGURE} "-DVARVE_GENERATOR=${PREFIX}")
write_generator("${WORK}/foreign" "echo 'Exec format error' >&2; exit 126")
cross("a program that does not run here" FAILS PRINTS "which does not run on this machine" "Exec format error"
      "built for the machine that builds" RUN ${CONFIGURE} "-DVARVE_GENERATOR=${WORK}/foreign")
file(WRITE "${WORK}/plain" "not a program\n")
cross("a file that is no program" FAILS PRINTS "which does not run on this machine" RUN ${CONFIGURE}
      "-DVARVE_GENERATOR=${WORK}/plain")
write_generator("${WORK}/path/varve" "echo varve 0.0.1")
cross("a variable with another version" FAILS PRINTS
      "whose version is 'varve 0.0.1', but this varve is ${VARVE_VERSION}. Generator and runtime must be of the same version"
      RUN ${CONFIGURE} "-DVARVE_GENERATOR=${WORK}/path/varve")
cross("another version on PATH" FAILS PRINTS "the generator on PATH is ${WORK}/path/varve, whose version is" RUN
      "${CMAKE_COMMAND}" -E env "PATH=${WORK}/path:$ENV{PATH}" ${CONFIGURE})
write_generator("${WORK}/other" "echo something else")
cross("another program" FAILS PRINTS "whose version is 'something else'" RUN ${CONFIGURE}
      "-DVARVE_GENERATOR=${WORK}/other")
