# Several histories in one program and in several libraries of it, however it is compiled. VARIANT names the way.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(strict "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-declarations -Werror")

if(VARIANT STREQUAL "warnings")
  set(options "-DCMAKE_CXX_FLAGS=-O0 ${strict}")
elseif(VARIANT STREQUAL "clang")
  find_program(clang NAMES clang++ REQUIRED)
  set(options "-DCMAKE_CXX_COMPILER=${clang}" "-DCMAKE_CXX_FLAGS=-O0 ${strict} -Wmissing-variable-declarations")
elseif(VARIANT STREQUAL "optimised")
  set(options -DCMAKE_BUILD_TYPE=Release -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON -DCMAKE_UNITY_BUILD=ON
              -DCMAKE_CXX_VISIBILITY_PRESET=hidden -DCMAKE_CXX_STANDARD=20
              "-DCMAKE_CXX_FLAGS=-ffunction-sections -fdata-sections ${strict}"
              -DCMAKE_EXE_LINKER_FLAGS=-Wl,--gc-sections -DCMAKE_SHARED_LINKER_FLAGS=-Wl,--gc-sections)
else()
  message(FATAL_ERROR "no such variant: ${VARIANT}")
endif()

step("configures" RUN ${CONFIGURE} ${options})
step("builds" LACKS "warning:" RUN ${COMPILE})
step("has every history" PRINTS "orders_schema 2 billing.schema 1 shop 1 audit_schema 0" RUN "${BUILD}/shop")
step("has nothing left to do" LACKS "Embedding|Building|Linking" RUN ${COMPILE})
