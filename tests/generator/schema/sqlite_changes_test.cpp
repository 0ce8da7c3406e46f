// What SQLite's statements do.
#include "described.hpp"
#include "scripts.hpp"

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

struct reading {
    std::string_view sql;
    std::string_view meaning;
};

void expect(std::initializer_list<reading> readings) {
    for (const reading& each : readings) {
        SCOPED_TRACE(each.sql);
        const std::vector<statement_change> changes = changes_in(each.sql, engine_kind::sqlite);
        EXPECT_EQ(changes.size() == 1 ? described(changes.front().what) : "not one statement", each.meaning);
    }
}

TEST(SqliteChanges, ATableHasItsColumnsWithWhatStandsAtThem) {
    expect({
        {R"(CREATE TABLE main.T (Id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT NULL, b DEFAULT (datetime('now')), c DEFAULT CURRENT_TIMESTAMP, d INT CHECK (d IS NOT NULL) CHECK (d > a), e REFERENCES u))",
         R"(create table main.T | Id INTEGER autoincrement <Id INTEGER PRIMARY KEY AUTOINCREMENT> [primary key(Id) <PRIMARY KEY AUTOINCREMENT>] | a TEXT none<NULL> <a TEXT DEFAULT NULL> | b  volatile<(datetime('now'))> <b DEFAULT (datetime('now'))> | c  constant<CURRENT_TIMESTAMP> <c DEFAULT CURRENT_TIMESTAMP> | d INT <d INT CHECK (d IS NOT NULL) CHECK (d > a)> [check(d) proves d <CHECK (d IS NOT NULL)>] [check(d,a) <CHECK (d > a)>] | e  <e REFERENCES u> [foreign key(e) to u() <REFERENCES u>])"},
        {R"(CREATE TEMP TABLE t (a, b, CONSTRAINT k PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES u (x) DEFERRABLE) WITHOUT ROWID)",
         R"(create table t temporary without-rowid | a  <a> | b  <b> | primary key k(a,b) <PRIMARY KEY (a, b)> | foreign key(a) to u(x) <FOREIGN KEY (a) REFERENCES u (x) DEFERRABLE>)"},
        {R"(CREATE TABLE t AS SELECT 1 AS a)", R"(create table t from-query)"},
        {R"(CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(a, b))", R"(create table t if-not-exists like)"},
        {R"(CREATE TABLE t (a INT NOT NULL ON CONFLICT FAIL DEFAULT +1 UNIQUE ON CONFLICT REPLACE, check (a > 0)))",
         R"(create table t | a INT not-null constant<+1> <a INT NOT NULL ON CONFLICT FAIL DEFAULT +1 UNIQUE ON CONFLICT REPLACE> [unique(a) <UNIQUE ON CONFLICT REPLACE>] | check(a) <check (a > 0)>)"},
    });
}

TEST(SqliteChanges, AnAlteredTableHasAllItsActionsInOrder) {
    expect({
        {R"(ALTER TABLE t ADD COLUMN a INT NOT NULL DEFAULT 1)",
         R"(alter table t | add a INT not-null constant<1> <a INT NOT NULL DEFAULT 1>)"},
        {R"(ALTER TABLE t ADD a)", R"(alter table t | add a  <a>)"},
        {R"(ALTER TABLE main.t DROP COLUMN "a b")", R"(alter table main.t | drop a b)"},
        {R"(ALTER TABLE t ALTER COLUMN a TYPE TEXT)", R"(alter table t | a type TEXT)"},
        {R"(ALTER TABLE t ADD CONSTRAINT c UNIQUE (a))", R"(alter table t | add unique c(a) <UNIQUE (a)>)"},
    });
}

TEST(SqliteChanges, AnIndexSaysWhatItIsOn) {
    expect({
        {R"(CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a COLLATE NOCASE DESC, lower(b), "c") WHERE d > 0)",
         R"(create index main.i on main.t(a,?,c) btree uses(b,d) unique if-not-exists partial with-options)"},
    });
}

TEST(SqliteChanges, ThingsGetOtherNamesSchemasAndValues) {
    expect({
        {R"(ALTER TABLE t RENAME TO U)", R"(rename table t to U)"},
        {R"(ALTER TABLE t RENAME a TO b)", R"(rename column t#a to b)"},
        {R"(ALTER TABLE t RENAME COLUMN [a b] TO `c`)", R"(rename column t#a b to c)"},
    });
}

TEST(SqliteChanges, OtherObjectsSayHowTheyAreDropped) {
    expect({
        {R"(CREATE VIEW IF NOT EXISTS v AS SELECT 1)", R"(create view <VIEW> v if-not-exists)"},
        {R"(CREATE TEMP VIEW v AS SELECT 1)", R"(create view <VIEW> v)"},
        {R"(CREATE TRIGGER IF NOT EXISTS r BEFORE UPDATE OF a, b ON t WHEN new.a > 0 BEGIN UPDATE u SET x = 1; END)",
         R"(create trigger <TRIGGER> r@t if-not-exists)"},
        {R"(CREATE TRIGGER r INSTEAD OF DELETE ON v BEGIN SELECT 1; END)", R"(create trigger <TRIGGER> r@v)"},
    });
}

TEST(SqliteChanges, DroppedThingsAreNamedAsTheServerFindsThem) {
    expect({
        {R"(DROP TABLE IF EXISTS main.t)", R"(drop table main.t if-exists)"},
        {R"(DROP INDEX i)", R"(drop index i)"},
        {R"(DROP VIEW v)", R"(drop view v)"},
        {R"(DROP TRIGGER IF EXISTS r)", R"(drop trigger r if-exists)"},
    });
}

TEST(SqliteChanges, ChangedRowsSayOfWhichTableAndWhetherOfAll) {
    expect({
        {R"(INSERT INTO t (a, b) VALUES (1, 2))", R"(insert t)"},
        {R"(INSERT OR IGNORE INTO t SELECT * FROM u)", R"(insert t from-query)"},
        {R"(REPLACE INTO t VALUES (1))", R"(insert t)"},
        {R"(WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x)", R"(insert t from-query)"},
        {R"(UPDATE OR IGNORE t SET a = (SELECT b FROM u WHERE c))", R"(update t)"},
        {R"(UPDATE t SET a = 1 WHERE b)", R"(update t where)"},
        {R"(DELETE FROM main.t WHERE a)", R"(delete main.t where)"},
        {R"(DELETE FROM t)", R"(delete t)"},
    });
}

TEST(SqliteChanges, WhatTheSchemaDoesNotShowIsToldApart) {
    expect({
        {R"(SELECT 1)", R"(run SELECT)"},
        {R"(REINDEX t)", R"(other reindex)"},
        {R"(PRAGMA user_version = 3)", R"(other pragma)"},
        {R"(ATTACH 'x' AS y)", R"(other attach)"},
    });
}

TEST(SqliteChanges, WhatIsNoSqlIsReadToItsEnd) {
    expect({
        {"CREATE", "other create"},
        {"CREATE TABLE", "create table "},
        {"CREATE TABLE t (", "create table t"},
        {"CREATE TABLE t (a INT CHECK (", "create table t | a INT <a INT CHECK> [check() <CHECK>]"},
        {"CREATE TABLE t (,)", "create table t"},
        {"ALTER TABLE t ADD", "alter table t | add   <>"},
        {"ALTER TABLE t RENAME", "rename column t to "},
        {"CREATE INDEX i ON t (", "create index i on t() btree"},
        {"DROP TABLE", "drop table"},
        {"INSERT", "insert  from-query"},
        {") )", "other )"},
    });
}

}  // namespace
}  // namespace varve::generator
