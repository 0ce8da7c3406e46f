# DOCS: a page about the history, and a test that it is up to date.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(test "${CMAKE_CTEST_COMMAND}" --test-dir "${BUILD}" --output-on-failure)
set(write "${CMAKE_COMMAND}" --build "${BUILD}" --target shop_schema.docs)

step("configures" RUN ${CONFIGURE})
step("a page that is not there fails the test" FAILS PRINTS "schema.md is not there" "[.]docs" RUN ${test})
step("the target writes it" PRINTS "${SOURCE}/schema.md" RUN ${write})
step("then the test passes" PRINTS "100% tests passed" RUN ${test})
step("what is right is left alone" PRINTS "nothing changed" RUN ${write})
edit(migrations/0001_create_users.sql "PRIMARY KEY" "PRIMARY KEY, name TEXT")
step("an old page fails the test" FAILS PRINTS "schema.md is not up to date" RUN ${test})
