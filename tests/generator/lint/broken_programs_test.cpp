#include "lint_scenario.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view shop =
    "CREATE TYPE state AS ENUM ('new', 'sent');\n"
    "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20) NOT NULL UNIQUE, age int, at state,"
    " CONSTRAINT old CHECK (age > 18), CONSTRAINT set CHECK (email IS NOT NULL));\n"
    "CREATE TABLE orders (id bigint PRIMARY KEY, by bigint REFERENCES users);\n";

lint_scenario with(std::string_view draft) {
    lint_scenario history;
    history.released(shop).draft(draft);
    return history;
}

TEST(BrokenPrograms, ARenamedColumnIsAddedFirst) {
    EXPECT_EQ(with("ALTER TABLE users RENAME email TO \"E-Mail\";\n").report(),
              "m/0002_x.sql:1:1: warning: programs that name users.email fail from now on: those still running, and "
              "those somebody goes back to [M401]\n"
              "  ALTER TABLE users RENAME email TO \"E-Mail\";\n"
              "  ^\n"
              "  hint: add the new column, let programs write both and read the new one, and drop the old one later:\n"
              "        ALTER TABLE users ADD COLUMN \"E-Mail\" varchar(20);\n"
              "        UPDATE users SET \"E-Mail\" = email WHERE \"E-Mail\" IS NULL;\n"
              "        if it is meant, say why above it: -- varve: allow M401 programs are stopped meanwhile\n"
              "m/0001_x.sql:2:1: note: it was made by migration 1 (x)\n"
              "  CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20) ...\n"
              "  ^\n");
    EXPECT_EQ(with("ALTER TABLE users ADD a int; ALTER TABLE users RENAME a TO b;").codes(), "");
    EXPECT_EQ(with("CREATE VIEW v AS SELECT 1 AS a; ALTER TABLE v RENAME COLUMN a TO b;").codes(), "");
}

TEST(BrokenPrograms, ARenamedTableLeavesAView) {
    EXPECT_THAT(with("ALTER TABLE users RENAME TO people;").report(),
                AllOf(HasSubstr("programs that name users fail from now on"), HasSubstr("[M402]"),
                      HasSubstr("CREATE VIEW users AS SELECT * FROM people;")));
    EXPECT_THAT(with("ALTER TABLE users SET SCHEMA attic;").hints(),
                HasSubstr("CREATE VIEW users AS SELECT * FROM attic.users;"));
    EXPECT_EQ(with("ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people;").codes(), "");
    EXPECT_EQ(with("CREATE TABLE t (a int); ALTER TABLE t RENAME TO u;").codes(), "");
    EXPECT_EQ(with("ALTER TABLE users_pkey RENAME TO users_key;").codes(), "");
}

TEST(BrokenPrograms, OnSqliteToo) {
    lint_scenario history(engine_kind::sqlite);
    history.released("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);");
    history.draft("ALTER TABLE users RENAME email TO mail; ALTER TABLE users RENAME TO people;");
    EXPECT_EQ(history.codes(), "M401 M402");
    EXPECT_THAT(history.hints(), AllOf(HasSubstr("ALTER TABLE users ADD COLUMN mail TEXT;"), HasSubstr("INSTEAD OF")));
}

TEST(BrokenPrograms, NullAppearsWhereThereWasNone) {
    EXPECT_THAT(with("ALTER TABLE users ALTER email DROP NOT NULL;").report(),
                AllOf(HasSubstr("programs that read users.email find NULL where there was none"), HasSubstr("[M403]"),
                      HasSubstr("ALTER TABLE users ALTER COLUMN email SET DEFAULT ...;")));
    EXPECT_EQ(with("ALTER TABLE users ALTER age DROP NOT NULL;").codes(), "");
    EXPECT_EQ(with("ALTER TABLE elsewhere ALTER age DROP NOT NULL;").codes(), "M403");
}

TEST(BrokenPrograms, AnEnumValueIsAddedFirst) {
    EXPECT_THAT(with("ALTER TYPE state RENAME VALUE 'sent' TO 'it''s off';").report(),
                AllOf(HasSubstr("programs that write 'sent' fail from now on"), HasSubstr("[M404]"),
                      HasSubstr("ALTER TYPE state ADD VALUE 'it''s off' AFTER 'sent';"),
                      HasSubstr("m/0001_x.sql:1:1: note: it was made by migration 1 (x)")));
    EXPECT_EQ(with("CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME VALUE 'a' TO 'b';").codes(), "");
    EXPECT_EQ(with("ALTER TYPE state RENAME TO status;").codes(), "");
}

TEST(BrokenPrograms, WhatADroppedConstraintAllowsIsSaid) {
    EXPECT_THAT(with("ALTER TABLE users DROP CONSTRAINT users_email_key;").report(),
                HasSubstr("users holds rows with equal email from now on: programs may rely on it that there are none "
                          "[M405]"));
    EXPECT_THAT(with("ALTER TABLE orders DROP CONSTRAINT orders_by_fkey;").report(),
                HasSubstr("orders holds rows whose by refers to nothing in users from now on"));
    EXPECT_THAT(with("ALTER TABLE users DROP CONSTRAINT old;").report(),
                HasSubstr("rows that do not pass CHECK (age > 18) from now on"));
    EXPECT_THAT(with("ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;").report(),
                HasSubstr("; CASCADE drops the foreign key orders_by_fkey of orders [M405]"));
}

TEST(BrokenPrograms, AConstraintMayBeReplacedOrSaidOtherwise) {
    EXPECT_EQ(with("ALTER TABLE users DROP CONSTRAINT old, ADD CONSTRAINT old CHECK (age > 16) NOT VALID;").codes(),
              "");
    EXPECT_EQ(with("ALTER TABLE users DROP CONSTRAINT set;").codes(), "");
    EXPECT_EQ(with("ALTER TABLE users ADD CONSTRAINT a CHECK (age > 1) NOT VALID;")
                  .draft("ALTER TABLE users DROP CONSTRAINT a;")
                  .codes(),
              "");
}

TEST(BrokenPrograms, WhatNamesMeanIsSetForTheTransaction) {
    EXPECT_THAT(with("SET SESSION search_path TO shop, public;").hints(),
                HasSubstr("SET LOCAL search_path TO shop, public;"));
    EXPECT_THAT(with("SET ROLE owner;").hints(), HasSubstr("SET LOCAL ROLE owner;"));
    EXPECT_THAT(with("SELECT pg_catalog.set_config('search_path', '', false);").hints(),
                HasSubstr("SELECT set_config('search_path', '', true);"));
    EXPECT_EQ(with("SET LOCAL search_path = shop; RESET search_path; SET search_path TO DEFAULT;"
                   "SET statement_timeout = 0;")
                  .codes(),
              "");
    EXPECT_THAT(with("-- varve: no-transaction\nSET search_path = shop;\n").report(),
                HasSubstr("when the script goes on after an interruption, this statement is not run again"));
}

}  // namespace
}  // namespace varve::generator
