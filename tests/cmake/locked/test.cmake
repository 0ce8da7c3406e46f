# Released migrations are protected: the build fails until they are what they were. With Makefiles too, where the lock
# file lies outside the directory. VARIANT is the CMake generator.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(CHECK ${COMPILE} --target shop_schema.check)
set(LOCK ${COMPILE} --target shop_schema.lock)

step("configures" RUN ${CONFIGURE} -G "${VARIANT}")
step("drafts are refused where REQUIRE_LOCKED is given" FAILS PRINTS "2 migrations are drafts" RUN ${COMPILE})
step("shop_schema.check says so too" FAILS PRINTS "2 migrations are drafts" RUN ${CHECK})
if(EXISTS "${SOURCE}/released/shop.lock")
  message(FATAL_ERROR "checking wrote a lock file")
endif()
step("a draft without a down is refused where REQUIRE_DOWN is given" FAILS PRINTS
     "0001_create_users.sql:1:1: error: draft 1 .create_users. has no down script" RUN ${CHECK})
step("shop_schema.lock releases none" FAILS PRINTS "has no down script" RUN ${LOCK})
file(WRITE "${SOURCE}/migrations/0001_create_users.down.sql" "DROP TABLE users;\n")
edit(migrations/0002_add_posts.sql "CREATE" "-- varve: irreversible\nCREATE")
edit(migrations/0002_add_posts.sql "CREATE TABLE" "-- varve: no-transaction\nDROP TABLE IF EXISTS old;\nCREATE TABLE")
step("what lint finds is an error where LINT_ERROR says so" FAILS PRINTS "0002_add_posts.sql:[0-9]+:1: error: .*M110" RUN ${LOCK})
edit(migrations/0002_add_posts.sql "-- varve: no-transaction\nDROP TABLE IF EXISTS old;\nCREATE TABLE" "CREATE TABLE")
step("shop_schema.lock releases them" RUN ${LOCK})
if(NOT EXISTS "${SOURCE}/released/shop.lock" OR EXISTS "${SOURCE}/migrations/sqlite.lock")
  message(FATAL_ERROR "the lock file is not where LOCK_FILE says")
endif()
step("then it builds" RUN ${COMPILE})
step("and runs" RUN "${BUILD}/shop")
step("shop_schema.check is content" RUN ${CHECK})

edit(migrations/0001_create_users.sql "PRIMARY KEY" "PRIMARY KEY, email TEXT")
step("an edited released migration fails the build" FAILS PRINTS "0001_create_users.sql:[0-9]+:[0-9]+: error: " RUN
     ${COMPILE})
step("and again" FAILS PRINTS "0001_create_users.sql:[0-9]+:[0-9]+: error: " RUN ${COMPILE})
step("and shop_schema.check" FAILS PRINTS "0001_create_users.sql:[0-9]+:[0-9]+: error: " RUN ${CHECK})
edit(migrations/0001_create_users.sql "PRIMARY KEY, email TEXT" "PRIMARY KEY")
step("restored it builds" RUN ${COMPILE})

edit(migrations/0001_create_users.sql "CREATE" "-- who they are\nCREATE")
step("a comment is no edit" RUN ${COMPILE})

file(RENAME "${SOURCE}/migrations/0002_add_posts.sql" "${WORK}/0002_add_posts.sql")
step("a removed released migration fails the build" FAILS PRINTS "0002|add_posts" RUN ${COMPILE})
file(RENAME "${WORK}/0002_add_posts.sql" "${SOURCE}/migrations/0002_add_posts.sql")
step("restored it builds" RUN ${COMPILE})

file(RENAME "${SOURCE}/released/shop.lock" "${WORK}/shop.lock")
step("without its lock file everything is a draft again" FAILS PRINTS "2 migrations are drafts" RUN ${COMPILE})
file(RENAME "${WORK}/shop.lock" "${SOURCE}/released/shop.lock")
step("restored it builds" RUN ${COMPILE})

file(WRITE "${SOURCE}/migrations/0003_add_notes.sql" "CREATE TABLE notes (id);\n")
step("a new draft is refused" FAILS PRINTS "1 migration is a draft" RUN ${COMPILE})
