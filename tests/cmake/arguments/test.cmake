# Every wrong call of add_db_migrations() stops at the caller's line and says what to write; the right ones beside them do
# not.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(good "DIRECTORY migrations ENGINE sqlite")

function(accepted call)
  file(WRITE "${SOURCE}/call.cmake" "add_db_migrations(${call})\n")
  step("accepted: ${call}" RUN ${CONFIGURE})
endfunction()
function(refused call message)
  file(WRITE "${SOURCE}/call.cmake" "add_db_migrations(${call})\n")
  step("refused: ${call}" FAILS PRINTS "${message}" "call\\.cmake:1 \\(add_db_migrations\\)" RUN ${CONFIGURE})
endfunction()

accepted("shop_schema ${good}")
refused("" "add_db_migrations\\(\\): the name of the target to create is missing")

# Keywords and values
refused("shop_schema" "add_db_migrations\\(shop_schema\\): ENGINE is missing")
refused("shop_schema ENGINE sqlite" "DIRECTORY is missing")
refused("shop_schema DIRECTORY migrations" "ENGINE is missing; write ENGINE sqlite or ENGINE postgresql")
refused("shop_schema DIRECTORY ENGINE sqlite" "DIRECTORY has no value")
refused("shop_schema DIRECTORY migrations ENGINE" "ENGINE has no value")
refused("shop_schema ${good} NAME" "NAME has no value")
refused("shop_schema ${good} VARIABLES" "VARIABLES has no value")
refused("shop_schema ${good} VARIABLES schema" "VARIABLES 'schema' is no name and value Write schema=auth")
refused("shop_schema ${good} VARIABLES schema=auth schema=shop" "VARIABLES gives schema two values")
accepted("shop_schema ${good} VARIABLES schema=auth owner=app")
refused("shop_schema ${good} MIGRATOR shop_schema" "MIGRATOR 'shop_schema' is a target already")
refused("shop_schema ${good} MIGRATOR shop::migrate" "MIGRATOR 'shop::migrate' is no name of a target")
refused("shop_schema ${good} LOCK_FILE REQUIRE_LOCKED" "LOCK_FILE has no value")
refused("shop_schema migrations ENGINE sqlite" "unknown argument 'migrations' The keywords are: DIRECTORY SCHEMA ENGINE")
refused("shop_schema \"\" ${good}" "unknown argument ''")
refused("shop_schema FOLDER migrations ENGINE sqlite" "unknown argument 'FOLDER;migrations'")
refused("shop_schema ${good} LOCKFILE a.lock" "ENGINE takes one value but was given 3: sqlite LOCKFILE a.lock Is a keyword misspelt")
refused("shop_schema ${good} DIRECTORY migrations" "DIRECTORY takes one value but was given 2")
refused("shop_schema ${good} ENGINE sqlite" "ENGINE takes one value but was given 2: sqlite sqlite")
refused("shop_schema DIRECTORY \"\" ENGINE sqlite" "the value of DIRECTORY is empty")
refused("shop_schema ${good} NAME \"\"" "the value of NAME is empty")
refused("shop_schema DIRECTORY \"migrations;more\" ENGINE sqlite" "must not contain a semicolon")

# ENGINE
accepted("shop_schema DIRECTORY migrations ENGINE postgresql")
refused("shop_schema DIRECTORY migrations ENGINE SQLite" "ENGINE is sqlite or postgresql, in lower case, but not 'SQLite'")
refused("shop_schema DIRECTORY migrations ENGINE mysql" "but not 'mysql'")

# DIRECTORY
accepted("shop_schema DIRECTORY ./migrations/ ENGINE sqlite")
accepted("shop_schema DIRECTORY \"\${CMAKE_CURRENT_SOURCE_DIR}/migrations\" ENGINE sqlite")
refused("shop_schema DIRECTORY migration ENGINE sqlite" "there is no directory [^ ]*/source/migration Create it")
refused("shop_schema DIRECTORY notes.txt ENGINE sqlite" "DIRECTORY is a file: [^ ]*/notes.txt")

# SCHEMA
accepted("shop_schema ${good} SCHEMA schema.sql")
accepted("shop_schema SCHEMA schema.sql ENGINE sqlite")
refused("shop_schema ${good} SCHEMA" "SCHEMA has no value")
refused("shop_schema ${good} SCHEMA other.sql" "there is no file [^ ]*/source/other.sql Create it, or correct SCHEMA")
refused("shop_schema ${good} SCHEMA migrations" "SCHEMA is a directory")
refused("shop_schema ${good} SCHEMA migrations/0001_create_users.sql" "SCHEMA is among the migrations")
refused("shop_schema SCHEMA schema.sql ENGINE sqlite REQUIRE_LOCKED" "REQUIRE_LOCKED is about migrations, but there is only SCHEMA")
refused("shop_schema SCHEMA schema.sql ENGINE sqlite LOCK_FILE a.lock" "LOCK_FILE is about migrations")

# The target's name
accepted("shop-schema ${good}")
accepted("shop.schema-2 ${good}")
refused("shop::schema ${good}" "'::' cannot be in the name .* Name it shop_schema and add: add_library\\(shop::schema ALIAS shop_schema\\)")
refused("\"shop schema\" ${good}" "a target's name is made of the letters")
refused("\"\" ${good}" "a target's name is made of the letters")
refused("taken ${good}" "there is a target named taken already")
refused("half ${good}" "there is a target named half.check already")
refused("class ${good}" "'class' is a C\\+\\+ keyword Choose another name")
refused("co_await ${good}" "'co_await' is a C\\+\\+ keyword")
refused("new ${good}" "'new' is a C\\+\\+ keyword")
refused("std ${good}" "'std' is taken")
refused("linux ${good}" "'linux' is taken")
refused("varve ${good} NAME shop" "'varve' is taken")
refused("2nd_schema ${good}" "'2nd_schema' begins with a digit")
refused("_schema ${good}" "'_schema' begins or ends with '_'")
refused("schema- ${good}" "'schema_' begins or ends with '_'")
file(WRITE "${SOURCE}/call.cmake" "add_db_migrations(shop-schema ${good})\nadd_db_migrations(shop_schema ${good})\n")
step("refused: two targets with one namespace" FAILS PRINTS "its namespace shop_schema .* the target shop-schema"
     "call\\.cmake:2 \\(add_db_migrations\\)" RUN ${CONFIGURE})

# NAME
accepted("shop_schema ${good} NAME shop.core-2")
refused("shop_schema ${good} NAME \"shop core\"" "the history's name 'shop core' is not a letter")
refused("shop_schema ${good} NAME -shop" "the history's name '-shop'")
refused("shop_schema ${good} NAME 2shops" "the history's name '2shops'")
string(REPEAT "long" 16 long)
refused("shop_schema ${good} NAME ${long}" "at most 63")
refused("shop_schema ${good} NAME auth:core" "the history's name 'auth:core'")
refused("shop_schema ${good} NAME varve" "begins with 'varve', which varve keeps for itself Give it another one with NAME")
refused("varve_like ${good}" "the history's name 'varve_like' begins with 'varve'")
refused("shop+schema ${good}" "the history's name 'shop\\+schema' is not a letter")
accepted("shop+schema ${good} NAME shop")

# LOCK_FILE
accepted("shop_schema ${good} LOCK_FILE not_there_yet.lock")
refused("shop_schema ${good} LOCK_FILE nowhere/shop.lock" "LOCK_FILE is to be in [^ ]*/nowhere, which is not a directory")
refused("shop_schema ${good} LOCK_FILE migrations" "LOCK_FILE is a directory")

# REQUIRE_LOCKED
accepted("shop_schema ${good} REQUIRE_LOCKED")
accepted("shop_schema REQUIRE_LOCKED ${good}")
accepted("shop_schema ${good} REQUIRE_LOCKED Release relwithdebinfo")
refused("shop_schema ${good} REQUIRE_LOCKED Relase" "REQUIRE_LOCKED names 'Relase', which is no configuration Known are: Debug, Release")
refused("shop_schema ${good} REQUIRE_LOCKED \"\"" "REQUIRE_LOCKED was given an empty value")
file(WRITE "${SOURCE}/call.cmake"
     "set(CMAKE_CXX_FLAGS_STAGING -O1)\nadd_db_migrations(shop_schema ${good} REQUIRE_LOCKED Staging)\n")
step("accepted: a configuration of the user's own" RUN ${CONFIGURE})

# REQUIRE_DOWN
accepted("shop_schema ${good} REQUIRE_DOWN")
accepted("shop_schema REQUIRE_DOWN ${good} REQUIRE_LOCKED Release")
refused("shop_schema ${good} REQUIRE_DOWN Release" "REQUIRE_DOWN takes no value but was given 'Release' The keywords are: DIRECTORY")
refused("shop_schema ${good} REQUIRE_DOWN \"\"" "REQUIRE_DOWN takes no value but was given ''")

# PG_TARGET_VERSION
accepted("shop_schema DIRECTORY migrations ENGINE postgresql PG_TARGET_VERSION 17")
refused("shop_schema ${good} PG_TARGET_VERSION 17" "PG_TARGET_VERSION is for ENGINE postgresql")
refused("shop_schema DIRECTORY migrations ENGINE postgresql PG_TARGET_VERSION 17.2"
        "PG_TARGET_VERSION is the server's major version, such as 17, but not '17.2'")
refused("shop_schema DIRECTORY migrations ENGINE postgresql PG_TARGET_VERSION" "PG_TARGET_VERSION has no value")

# LINT, LINT_ERROR, LINT_OFF
accepted("shop_schema ${good} LINT online LINT_ERROR M3 M401 LINT_OFF M2 M215")
accepted("shop_schema LINT off ${good}")
refused("shop_schema ${good} LINT" "LINT has no value")
refused("shop_schema ${good} LINT on" "LINT is off, default, online or strict, in lower case, but not 'on'")
refused("shop_schema ${good} LINT Strict" "but not 'Strict'")
refused("shop_schema ${good} LINT off strict" "LINT takes one value but was given 2: off strict")
refused("shop_schema ${good} LINT_ERROR" "LINT_ERROR has no value")
refused("shop_schema ${good} LINT_OFF M201 m302" "LINT_OFF takes codes of findings, such as M201, or beginnings of codes, such as M2, but not 'm302'")
refused("shop_schema ${good} LINT_OFF M2011" "but not 'M2011'")
refused("shop_schema ${good} LINT_ERROR \"\"" "the value of LINT_ERROR is empty")
refused("shop_schema ${good} LINT_ERROR M2 LINTOFF M3" "but not 'LINTOFF' Is a keyword misspelt")
refused("shop_schema ${good} LINT off LINT_ERROR M2" "LINT_ERROR says nothing beside LINT off Delete one of the two")
# SQLite
accepted("shop_schema ${good} SQLITE_REPLAY off")
accepted("shop_schema ${good} SQLITE_FUNCTIONS slugify/1 now_ms/0 any median/1:aggregate SQLITE_COLLATIONS natural by_name SQLITE_TARGET_VERSION 3.31")
accepted("shop_schema ${good} SQLITE_TARGET_VERSION 3.45.1 SQLITE_REPLAY on")
refused("shop_schema ${good} SQLITE_REPLAY" "SQLITE_REPLAY has no value")
refused("shop_schema ${good} SQLITE_REPLAY OFF" "SQLITE_REPLAY is on or off, in lower case, but not 'OFF'")
refused("shop_schema ${good} SQLITE_REPLAY off on" "SQLITE_REPLAY takes one value but was given 2: off on")
refused("shop_schema ${good} SQLITE_FUNCTIONS" "SQLITE_FUNCTIONS has no value")
refused("shop_schema ${good} SQLITE_FUNCTIONS slugify/x" "SQLITE_FUNCTIONS names 'slugify/x' Write each function's name")
refused("shop_schema ${good} SQLITE_FUNCTIONS median:window" "SQLITE_FUNCTIONS names 'median:window'")
refused("shop_schema ${good} SQLITE_FUNCTIONS \"slugify(a)\"" "SQLITE_FUNCTIONS names 'slugify\\(a\\)'")
refused("shop_schema ${good} SQLITE_FUNCTIONS \"\"" "SQLITE_FUNCTIONS names ''")
refused("shop_schema ${good} SQLITE_COLLATIONS" "SQLITE_COLLATIONS has no value")
refused("shop_schema ${good} SQLITE_COLLATIONS \"\"" "SQLITE_COLLATIONS names ''")
refused("shop_schema ${good} SQLITE_TARGET_VERSION 31" "SQLITE_TARGET_VERSION is a version of SQLite 3, such as 3.31 or 3.31.1, but not '31'")
refused("shop_schema DIRECTORY migrations ENGINE postgresql SQLITE_REPLAY off" "SQLITE_REPLAY is for ENGINE sqlite")

# Without the package in sight
file(WRITE "${SOURCE}/sub/CMakeLists.txt" "find_package(varve REQUIRED)\n")
file(WRITE "${SOURCE}/CMakeLists.txt"
     "cmake_minimum_required(VERSION 3.25)\nproject(shop LANGUAGES CXX)\nadd_subdirectory(sub)\ninclude(call.cmake)\n")
refused("shop_schema ${good}" "find_package\\(varve\\) was called in another directory")
