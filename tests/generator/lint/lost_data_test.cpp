#include "lint_scenario.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view shop =
    "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, shop int, UNIQUE (shop, email));\n"
    "CREATE INDEX users_lower ON users (lower(email));\n"
    "CREATE TABLE orders (id bigint PRIMARY KEY, by text REFERENCES users);\n";

lint_scenario with(std::string_view draft, std::string_view released = shop) {
    lint_scenario history;
    history.released(released).draft(draft);
    return history;
}

lint_scenario sqlite_with(std::string_view draft) {
    lint_scenario history(engine_kind::sqlite);
    history.released("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);").draft(draft);
    return history;
}

TEST(LostData, ADroppedTableIsNamedWithTheMigrationThatMadeIt) {
    EXPECT_EQ(with("DROP TABLE orders;\n").report(),
              "m/0002_x.sql:1:1: warning: the rows of orders are lost [M301]\n"
              "  DROP TABLE orders;\n"
              "  ^\n"
              "  hint: ship a program that does without it first; until nobody can want the rows back, keep them:\n"
              "        ALTER TABLE orders RENAME TO orders_dropped;\n"
              "        if it is meant, say why above it: -- varve: allow M301 nothing has used it since 2.4\n"
              "m/0001_x.sql:3:1: note: it was made by migration 1 (x)\n"
              "  CREATE TABLE orders (id bigint PRIMARY KEY, by text REFERENCE...\n"
              "  ^\n");
    EXPECT_THAT(with("DROP TABLE users CASCADE;").report(),
                HasSubstr("the rows of users are lost, and with them the foreign key orders_by_fkey of orders [M301]"));
    EXPECT_EQ(sqlite_with("DROP TABLE USERS;").codes(), "M301");
}

TEST(LostData, ATableOfADraftMayBeDropped) {
    EXPECT_EQ(with("CREATE TABLE t (a int); DROP TABLE t; CREATE TEMP TABLE u (a int); DROP TABLE u;").codes(), "");
    EXPECT_EQ(with("CREATE TABLE t (a int);").draft("DROP TABLE t;").codes(), "");
}

TEST(LostData, ATableThatWasCopiedIsNotLost) {
    EXPECT_EQ(sqlite_with("CREATE TABLE new (id INTEGER PRIMARY KEY, email TEXT NOT NULL);"
                          "INSERT INTO new SELECT id, email FROM users; DROP TABLE users;"
                          "ALTER TABLE new RENAME TO users;")
                  .codes(),
              "");
    EXPECT_EQ(sqlite_with("ALTER TABLE users RENAME TO old; CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);"
                          "INSERT INTO users SELECT * FROM old; DROP TABLE old;")
                  .codes(),
              "");
    EXPECT_EQ(sqlite_with("CREATE TABLE new (id INTEGER); INSERT INTO new SELECT 1; DROP TABLE users;").codes(),
              "M301");
}

TEST(LostData, ATableThatNothingMakesAndTheScriptDoesIsNotThere) {
    EXPECT_EQ(with("DROP TABLE IF EXISTS t; CREATE TABLE t (a int);").codes(), "");
    EXPECT_EQ(with("DROP TABLE IF EXISTS t;").codes(), "M301");
    EXPECT_EQ(with("DROP TABLE IF EXISTS orders; CREATE TABLE orders (a int);").codes(), "M301");
}

TEST(LostData, WhatADroppedColumnTakesWithItIsNamed) {
    EXPECT_THAT(with("ALTER TABLE users DROP COLUMN email;").report(),
                AllOf(HasSubstr("what is in users.email is lost, and with it the unique constraint "
                                "users_shop_email_key of users, the index users_lower [M302]"),
                      HasSubstr("ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"),
                      HasSubstr("m/0001_x.sql:1:1: note: it was made by migration 1 (x)")));
    EXPECT_THAT(with("ALTER TABLE users DROP COLUMN id CASCADE;").report(),
                HasSubstr("the primary key users_pkey of users, the foreign key orders_by_fkey of orders [M302]"));
    EXPECT_THAT(sqlite_with("ALTER TABLE users DROP COLUMN email;").report(),
                AllOf(HasSubstr("what is in users.email is lost [M302]"), Not(HasSubstr("DROP NOT NULL"))));
}

TEST(LostData, AColumnOfADraftMayBeDropped) {
    EXPECT_EQ(with("ALTER TABLE users ADD a int; ALTER TABLE users DROP a;").codes(), "");
    EXPECT_EQ(with("ALTER TABLE elsewhere ADD a int;").draft("ALTER TABLE elsewhere DROP a;").codes(), "");
    EXPECT_EQ(with("ALTER TABLE elsewhere DROP a;").codes(), "M302");
}

TEST(LostData, WhatTruncateEmptiesBesideItsTableIsNamed) {
    EXPECT_THAT(with("TRUNCATE orders, users CASCADE;").report(), HasSubstr("all rows of users are lost, and"));
    EXPECT_THAT(with("TRUNCATE users CASCADE;").report(),
                HasSubstr("all rows of users are lost, and CASCADE empties orders [M303]"));
    EXPECT_EQ(with("CREATE TABLE t (a int); TRUNCATE t;").codes(), "");
}

TEST(LostData, DroppingASchemaWithEverythingIsAnErrorInEveryProfile) {
    lint_scenario history = with("DROP SCHEMA s CASCADE;", "CREATE SCHEMA s; CREATE TABLE s.t (a int);");
    EXPECT_THAT(history.report(), HasSubstr("error: everything in the schema s is lost: the tables s.t [M304]"));
    EXPECT_TRUE(history.found().any_errors());
    EXPECT_EQ(with("DROP SCHEMA s;", "CREATE SCHEMA s;").codes(), "");
    EXPECT_EQ(with("CREATE SCHEMA t; DROP SCHEMA t CASCADE;").codes(), "");
}

TEST(LostData, AStatementWithoutWhereIsRepeatedWithOne) {
    EXPECT_THAT(with("UPDATE users -- all\n   SET email = '';").hints(),
                HasSubstr("UPDATE users SET email = '' WHERE true;"));
    EXPECT_THAT(with("DELETE FROM users;").report(),
                HasSubstr("all rows of users are lost: DELETE has no WHERE [M305]"));
    EXPECT_EQ(with("DELETE FROM users WHERE true; UPDATE users SET email = '' WHERE id = 1;").codes(), "");
    EXPECT_EQ(sqlite_with("DELETE FROM users; UPDATE users SET email = 1;").codes(), "M305 M305");
}

TEST(LostData, ANewColumnHasNothingToLose) {
    EXPECT_EQ(sqlite_with("ALTER TABLE users ADD a INT; UPDATE users SET a = id + 1;").codes(), "");
    EXPECT_EQ(sqlite_with("ALTER TABLE users ADD a INT; UPDATE users SET a = 1, email = 2;").codes(), "M305");
    EXPECT_EQ(with("ALTER TABLE elsewhere ADD a int;").draft("UPDATE elsewhere SET a = b;").codes(), "");
    EXPECT_EQ(with("UPDATE users SET (email, shop) = ('', 1);").codes(), "M305");
}

}  // namespace
}  // namespace varve::generator
