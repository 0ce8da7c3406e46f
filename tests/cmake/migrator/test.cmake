# A program that migrates, of a project without a line of C++.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(migrate "${CMAKE_COMMAND}" -E chdir "${WORK}" "${CMAKE_COMMAND}" -E env --unset=DATABASE_URL "${BUILD}/shop-migrate")
set(with_variable "${CMAKE_COMMAND}" -E chdir "${WORK}" "${CMAKE_COMMAND}" -E env DATABASE_URL=shop.db
                  "${BUILD}/shop-migrate")

step("configures" RUN ${CONFIGURE} -D WITH_POSTGRESQL=${HAS_BACKUP})
step("builds" RUN ${COMPILE})
step("says how to name a database" FAILS PRINTS "usage: shop-migrate" "DATABASE_URL" RUN ${migrate} status)
step("explains itself without one" PRINTS "show-schema" RUN ${migrate} help)
step("migrates a database that is named" PRINTS "create_users" RUN ${migrate} --database shop.db migrate)
step("finds one in the variable" RUN ${with_variable} check)
step("is recorded by its name" PRINTS "shop-migrate" RUN ${with_variable} log)
step("has the values of variables" PRINTS "CREATE TABLE shop_users" RUN ${with_variable} show-schema)
step("saves it" PRINTS "saved to .*shop-20" RUN ${with_variable} backup)
step("prefers what is named" FAILS PRINTS "pending" RUN ${with_variable} --database=other.db check)
if(HAS_BACKUP)
  step("does the same for a server" FAILS PRINTS "cannot connect" "reachable no" RUN "${BUILD}/shop-migrate-server" --database
       postgresql://127.0.0.1:1/none status)
endif()
