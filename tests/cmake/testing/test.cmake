# A user's own tests: a fresh migrated database for each, and the history proven, on a database of each engine.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
list(APPEND CONFIGURE "-DENGINE=${VARIANT}")
set(test "${CMAKE_CTEST_COMMAND}" --test-dir "${BUILD}" --output-on-failure)

step("configures" RUN ${CONFIGURE})
step("builds" RUN ${COMPILE})
step("each test has a database of its own" PRINTS "100% tests passed, 0 tests failed out of 3" RUN ${test})
edit(migrations/0001_create_users.down.sql "DROP TABLE users" "SELECT 1")
step("builds again" RUN ${COMPILE})
step("a down that does not undo its up fails a test" FAILS PRINTS "0001_create_users.down.sql:1:1: error: the down script"
     "table [a-z.]*users: is left behind" "History.GoesUpDownAndUp_shop_databases .Failed." RUN ${test})
