# Each component brings what it needs and asks for nothing else; what is missing is named with the package to install.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(no_sqlite -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON)
set(no_pqxx -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=ON -DCMAKE_DISABLE_FIND_PACKAGE_libpqxx=ON)

# finds(<title> <what find_package is given> ...) like step(), in a build tree of its own.
function(finds title asked)
  file(REMOVE_RECURSE "${BUILD}")
  step("${title}" ${ARGN} "-DASKED=${asked}")
endfunction()

finds("no component: neither engine is needed" "REQUIRED" PRINTS "has varve::contract" "has varve::runtime"
      "has varve::generator" LACKS "has varve::sqlite" "has varve::postgresql" RUN ${CONFIGURE} ${no_sqlite} ${no_pqxx})
finds("sqlite alone does not need libpqxx" "REQUIRED COMPONENTS sqlite" PRINTS "has varve::sqlite"
      "sqlite: TRUE" LACKS "has varve::postgresql" RUN ${CONFIGURE} ${no_pqxx})
finds("a missing SQLite is named" "REQUIRED COMPONENTS sqlite" FAILS PRINTS
      "SQLite3, which its component sqlite needs .*apt install libsqlite3-dev" RUN ${CONFIGURE} ${no_sqlite})
finds("an optional component may be missing" "OPTIONAL_COMPONENTS sqlite" PRINTS "has varve::runtime"
      "sqlite: FALSE" LACKS "has varve::sqlite" RUN ${CONFIGURE} ${no_sqlite})
finds("an unknown component is an error" "REQUIRED COMPONENTS sqlite mysql" FAILS PRINTS
      "a component named 'mysql': there are sqlite, postgresql, backup, verify and testing" RUN ${CONFIGURE})
finds("testing needs GoogleTest, which is named" "REQUIRED COMPONENTS sqlite testing" FAILS PRINTS
      "GoogleTest, which its component testing needs .*apt install libgtest-dev" RUN ${CONFIGURE}
      -DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
finds("without REQUIRED the caller decides" "QUIET COMPONENTS mysql" RUN ${CONFIGURE})

if(HAS_POSTGRESQL)
  finds("postgresql alone does not need SQLite" "REQUIRED COMPONENTS postgresql" PRINTS "has varve::postgresql"
        "has varve::libpqxx" LACKS "has varve::sqlite" RUN ${CONFIGURE} ${no_sqlite})
  finds("both at once" "REQUIRED COMPONENTS sqlite postgresql" PRINTS "has varve::sqlite" "has varve::postgresql"
        RUN ${CONFIGURE})
  finds("a missing libpqxx is named" "REQUIRED COMPONENTS postgresql" FAILS PRINTS
        "libpqxx, which its component postgresql needs .*apt install libpqxx-dev" RUN ${CONFIGURE} ${no_pqxx})
  finds("all that is missing is named" "REQUIRED COMPONENTS sqlite postgresql" FAILS PRINTS
        "varve lacks SQLite3.*varve lacks libpqxx" RUN ${CONFIGURE} ${no_sqlite} ${no_pqxx})
  finds("verify brings the scratch server" "REQUIRED COMPONENTS postgresql verify" PRINTS "has varve::scratch" RUN
        ${CONFIGURE})
  finds("verify needs postgresql" "REQUIRED COMPONENTS verify" FAILS PRINTS "its component postgresql, which verify needs"
        RUN ${CONFIGURE})
  finds("a missing Boost is named" "REQUIRED COMPONENTS postgresql verify" FAILS PRINTS
        "Boost 1.81 or later, which its component verify needs .*libboost1.81-dev" RUN ${CONFIGURE}
        -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON)
  # A libpqxx that comes with a CMake package of its own, as newer ones do.
  file(WRITE "${WORK}/pqxx/libpqxxConfig.cmake" "add_library(libpqxx::pqxx INTERFACE IMPORTED)\n")
  finds("libpqxx by its CMake package" "REQUIRED COMPONENTS postgresql" PRINTS "has varve::postgresql" RUN
        ${CONFIGURE} -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=ON "-Dlibpqxx_DIR=${WORK}/pqxx")
endif()

# While versions begin with 0, the second number says what fits.
string(REGEX MATCH "^[0-9]+\\.[0-9]+" minor "${VARVE_VERSION}")
finds("this version" "REQUIRED" RUN ${CONFIGURE} "-DVERSION=${minor}")
finds("not another minor version" "REQUIRED" FAILS PRINTS "compatible with requested version" RUN ${CONFIGURE}
      -DVERSION=0.0)
finds("not a later one" "REQUIRED" FAILS PRINTS "compatible with requested version" RUN ${CONFIGURE}
      -DVERSION=${VARVE_VERSION}.1)

# The installed varve without its generator: libraries are found, a history cannot be built, and the error says why.
set(CONFIGURE_WITHOUT ${CONFIGURE} "-DCMAKE_PREFIX_PATH=${PREFIX_WITHOUT_GENERATOR}")
finds("without the generator" "REQUIRED COMPONENTS sqlite" PRINTS "has varve::sqlite" LACKS "has varve::generator"
      RUN ${CONFIGURE_WITHOUT})
file(APPEND "${SOURCE}/CMakeLists.txt" "add_db_migrations(shop_schema DIRECTORY . ENGINE sqlite)\n")
finds("add_db_migrations() says what to do then" "REQUIRED" FAILS PRINTS
      "there is no generator `varve` that runs on this machine.*VARVE_GENERATOR" RUN ${CONFIGURE_WITHOUT})

# varve's own build names what is missing too, and the switch that does without it.
set(OWN "${CMAKE_COMMAND}" -G Ninja -S "${VARVE_SOURCE}" -B "${BUILD}" "-DCMAKE_CXX_COMPILER=${CXX}")
set(NO_PQXX "${CMAKE_COMMAND}" -E env PKG_CONFIG_LIBDIR=/nowhere PKG_CONFIG_PATH= ${OWN}
            -DCMAKE_DISABLE_FIND_PACKAGE_libpqxx=ON)
function(builds_not title)
  file(REMOVE_RECURSE "${BUILD}")
  step("${title}" FAILS ${ARGN})
endfunction()
builds_not("building needs OpenSSL" PRINTS "OpenSSL was not found; the generator needs it" "apt install libssl-dev" RUN
           ${OWN} -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)
builds_not("building needs CLI11" PRINTS "CLI11 was not found; the generator needs it" "apt install libcli11-dev" RUN
           ${OWN} -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON)
builds_not("varve::sqlite needs SQLite" PRINTS "libsqlite3-dev" "-DVARVE_BUILD_SQLITE=OFF" RUN ${OWN} ${no_sqlite})
builds_not("varve::postgresql needs libpqxx" PRINTS "libpqxx-dev" "-DVARVE_BUILD_POSTGRESQL=OFF" RUN ${NO_PQXX})
builds_not("without a generator the ledger cannot be embedded" PRINTS "there is no generator" RUN ${OWN}
           -DVARVE_BUILD_GENERATOR=OFF)
file(REMOVE_RECURSE "${BUILD}")
step("switched off, nothing of it is needed" RUN ${NO_PQXX} -DVARVE_BUILD_SQLITE=OFF -DVARVE_BUILD_POSTGRESQL=OFF
     ${no_sqlite})
file(REMOVE_RECURSE "${BUILD}")
step("the generator alone" RUN ${NO_PQXX} -DVARVE_BUILD_RUNTIME=OFF ${no_sqlite})
