# A library is installed with its history inside, static and shared, and used where there is no generator and no SQL.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")

foreach(kind IN ITEMS static shared)
  set(shared OFF)
  if(kind STREQUAL "shared")
    set(shared ON)
  endif()
  foreach(generator IN ITEMS "Ninja" "Ninja Multi-Config")
    string(MAKE_C_IDENTIFIER "${kind}_${generator}" name)
    set(build "${WORK}/${name}")
    set(prefix "${WORK}/${name}_prefix")
    step("${name}: the library configures" RUN ${CONFIGURE} -G "${generator}" -S "${SOURCE}/library" -B "${build}"
         -DBUILD_SHARED_LIBS=${shared})
    step("${name}: and builds" RUN "${CMAKE_COMMAND}" --build "${build}" --config Debug)
    step("${name}: and is installed" RUN "${CMAKE_COMMAND}" --install "${build}" --config Debug --prefix "${prefix}")
  endforeach()
  file(RENAME "${SOURCE}/library/migrations" "${SOURCE}/library/gone")

  set(prefix "${WORK}/${kind}_Ninja_prefix")
  set(build "${WORK}/${kind}_program")
  step("${kind}: a program that uses it configures without a generator" RUN ${CONFIGURE} -S "${SOURCE}/program" -B
       "${build}" "-DCMAKE_PREFIX_PATH=${PREFIX_WITHOUT_GENERATOR}" "-Dorders_ROOT=${prefix}")
  step("${kind}: and builds" RUN "${CMAKE_COMMAND}" --build "${build}")
  step("${kind}: and has the history" RUN "${build}/shop")
  file(RENAME "${SOURCE}/library/gone" "${SOURCE}/library/migrations")
endforeach()
