# VERIFY: a test and a program that prove the history, on a database of each engine.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
list(APPEND CONFIGURE "-DENGINE=${VARIANT}")
set(verify "${CMAKE_CTEST_COMMAND}" --test-dir "${BUILD}" --output-on-failure -R "^shop_schema.verify$")

step("a history that is no target is named" FAILS PRINTS "VERIFY names 'nobody', which is no target" RUN ${CONFIGURE}
     -DFIRST=nobody)
step("configures" RUN ${CONFIGURE} -DFIRST=auth_schema)
step("builds" RUN ${COMPILE})
step("the history is right" PRINTS "100% tests passed" RUN ${verify})
step("the program says what it did" PRINTS "shop_schema: 2 of 2 migrations applied" RUN "${BUILD}/shop_schema.verify")

edit(migrations/0002_add_email.down.sql "DROP INDEX users_email;" "")
if(VARIANT STREQUAL "sqlite") # which drops no column that has an index
  edit(migrations/0002_add_email.down.sql "ALTER TABLE users DROP COLUMN email;" "")
else()
  edit(migrations/0002_add_email.down.sql "DROP COLUMN email" "ALTER email DROP DEFAULT")
endif()
step("builds again" RUN ${COMPILE})
step("the test finds a wrong down" FAILS PRINTS
     "${SOURCE}/migrations/0002_add_email.down.sql:1:1: error: the down script does not undo the up script"
     "index [a-z.]*users_email: is left behind" RUN ${verify})
step("so does the program" FAILS PRINTS "users.email: is left behind" RUN "${BUILD}/shop_schema.verify")
step("it can be told to remember nothing" FAILS PRINTS "users.email: is left behind" LACKS "proven before" RUN
     "${BUILD}/shop_schema.verify" --no-cache)
step("it says how it is used" PRINTS "usage: .*--no-cache" RUN "${BUILD}/shop_schema.verify" --help)
