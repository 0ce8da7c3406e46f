#include "support/history_builder.hpp"
#include "support/postgresql_server.hpp"

#include "scratch/postgresql_scratch.hpp"

#include <varve/verify.hpp>

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace varve {
namespace {

using testing::built_history;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::migration_text;
using testing::shared_postgresql_server;

/// One kind of object: what is there before, what makes it, what undoes that, and what is left without.
struct object_case {
    std::string before{};
    std::vector<std::string> up{};
    std::vector<std::string> down{};
    std::string left{};
};

// Each in a schema of its own, named by its place: `{}`.
const std::vector<object_case> cases{
    {"SELECT 1", {"CREATE SCHEMA {}x"}, {"DROP SCHEMA {}x"}, "schema {}x: is left behind"},
    {"SELECT 1", {"CREATE TABLE {}.n ()"}, {"DROP TABLE {}.n"}, "table {}.n: is left behind"},
    {"SELECT 1", {"DROP TABLE {}.t"}, {"CREATE TABLE {}.t (a integer, b text)"}, "table {}.t: is gone"},
    {"SELECT 1", {"ALTER TABLE {}.t ADD c text"}, {"ALTER TABLE {}.t DROP c"}, "column {}.t.c: is left behind"},
    {"SELECT 1", {"ALTER TABLE {}.t DROP b"}, {"ALTER TABLE {}.t ADD b text"}, "column {}.t.b: is gone"},
    {"SELECT 1",
     {"ALTER TABLE {}.t ALTER a TYPE bigint"},
     {"ALTER TABLE {}.t ALTER a TYPE integer"},
     "column {}.t.a: its type was \"integer\" and is \"bigint\""},
    {"SELECT 1",
     {"ALTER TABLE {}.t ALTER a SET NOT NULL"},
     {"ALTER TABLE {}.t ALTER a DROP NOT NULL"},
     "column {}.t.a: its NOT NULL was \"false\" and is \"true\""},
    {"SELECT 1",
     {"ALTER TABLE {}.t ALTER b SET STORAGE EXTERNAL"},
     {"ALTER TABLE {}.t ALTER b SET STORAGE EXTENDED"},
     "column {}.t.b: its storage was empty and is \"e\""},
    {"SELECT 1",
     {"ALTER TABLE {}.t ALTER a SET DEFAULT 7"},
     {"ALTER TABLE {}.t ALTER a DROP DEFAULT"},
     "default {}.t.a: is left behind"},
    {"ALTER TABLE {}.t ALTER a SET DEFAULT 7",
     {"ALTER TABLE {}.t ALTER a SET DEFAULT 8"},
     {"ALTER TABLE {}.t ALTER a SET DEFAULT 7"},
     "default {}.t.a: its expression was \"7\" and is \"8\""},
    {"SELECT 1",
     {"ALTER TABLE {}.t ADD i integer GENERATED ALWAYS AS IDENTITY"},
     {"ALTER TABLE {}.t DROP i"},
     "column {}.t.i: is left behind"},
    {"ALTER TABLE {}.t ADD i integer GENERATED ALWAYS AS (a + 1) STORED",
     {"ALTER TABLE {}.t DROP i", "ALTER TABLE {}.t ADD i integer GENERATED ALWAYS AS (a + 2) STORED"},
     {"ALTER TABLE {}.t DROP i", "ALTER TABLE {}.t ADD i integer GENERATED ALWAYS AS (a + 1) STORED"},
     "column {}.t.i: its generated expression was \"(a + 1)\" and is \"(a + 2)\""},
    {"SELECT 1",
     {"ALTER TABLE {}.t ADD CONSTRAINT c CHECK (a > 0)"},
     {"ALTER TABLE {}.t DROP CONSTRAINT c"},
     "constraint {}.t.c: is left behind"},
    {"ALTER TABLE {}.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
     {"ALTER TABLE {}.t DROP CONSTRAINT c"},
     {"ALTER TABLE {}.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID"},
     "constraint {}.t.c: is gone"},
    {"ALTER TABLE {}.t ADD CONSTRAINT p PRIMARY KEY (a)",
     {"CREATE TABLE {}.r (a integer REFERENCES {}.t)"},
     {"DROP TABLE {}.r"},
     "table {}.r: is left behind"},
    {"SELECT 1", {"CREATE INDEX i ON {}.t (b)"}, {"DROP INDEX {}.i"}, "index {}.i: is left behind"},
    {"CREATE INDEX i ON {}.t (b)", {"DROP INDEX {}.i"}, {"CREATE INDEX i ON {}.t (b)"}, "index {}.i: is gone"},
    {"SELECT 1", {"CREATE TYPE {}.e AS ENUM ('x')"}, {"DROP TYPE {}.e"}, "type {}.e: is left behind"},
    {"CREATE TYPE {}.e AS ENUM ('x')",
     {"ALTER TYPE {}.e RENAME VALUE 'x' TO 'y'"},
     {"ALTER TYPE {}.e RENAME VALUE 'y' TO 'x'"},
     "type {}.e: its values was \"'x'\" and is \"'y'\""},
    {"SELECT 1", {"CREATE TYPE {}.c AS (a integer)"}, {"DROP TYPE {}.c"}, "type {}.c: is left behind"},
    {"SELECT 1", {"CREATE TYPE {}.r AS RANGE (SUBTYPE = date)"}, {"DROP TYPE {}.r"}, "type {}.r: is left behind"},
    {"SELECT 1", {"CREATE DOMAIN {}.d AS text"}, {"DROP DOMAIN {}.d"}, "domain {}.d: is left behind"},
    {"CREATE DOMAIN {}.d AS text",
     {"ALTER DOMAIN {}.d ADD CONSTRAINT c CHECK (VALUE <> '')"},
     {"ALTER DOMAIN {}.d DROP CONSTRAINT c"},
     "domain constraint {}.d.c: is left behind"},
    {"SELECT 1", {"CREATE SEQUENCE {}.s"}, {"DROP SEQUENCE {}.s"}, "sequence {}.s: is left behind"},
    {"CREATE SEQUENCE {}.s",
     {"ALTER SEQUENCE {}.s OWNED BY {}.t.a"},
     {"ALTER SEQUENCE {}.s OWNED BY NONE"},
     "sequence {}.s: its owned by was empty and is \"{}.t.a\""},
    {"SELECT 1", {"CREATE VIEW {}.v AS SELECT a FROM {}.t"}, {"DROP VIEW {}.v"}, "view {}.v: is left behind"},
    {"SELECT 1",
     {"CREATE MATERIALIZED VIEW {}.v AS SELECT a FROM {}.t"},
     {"DROP MATERIALIZED VIEW {}.v"},
     "materialized view {}.v: is left behind"},
    {"SELECT 1",
     {"CREATE FUNCTION {}.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'"},
     {"DROP FUNCTION {}.f"},
     "function {}.f(integer): is left behind"},
    {"SELECT 1",
     {"CREATE PROCEDURE {}.p() LANGUAGE sql AS 'SELECT 1'"},
     {"DROP PROCEDURE {}.p"},
     "procedure {}.p(): is left behind"},
    {"SELECT 1",
     {"CREATE AGGREGATE {}.g(integer) (SFUNC = int4pl, STYPE = integer)"},
     {"DROP AGGREGATE {}.g(integer)"},
     "aggregate {}.g(integer): is left behind"},
    {"CREATE FUNCTION {}.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
     {"CREATE TRIGGER g BEFORE INSERT ON {}.t FOR EACH ROW EXECUTE FUNCTION {}.f()"},
     {"DROP TRIGGER g ON {}.t"},
     "trigger {}.t.g: is left behind"},
    {"SELECT 1", {"CREATE POLICY p ON {}.t USING (true)"}, {"DROP POLICY p ON {}.t"}, "policy {}.t.p: is left behind"},
    {"SELECT 1",
     {"CREATE RULE r AS ON INSERT TO {}.t DO NOTHING"},
     {"DROP RULE r ON {}.t"},
     "rule {}.t.r: is left behind"},
    {"SELECT 1",
     {"GRANT SELECT ON {}.t TO PUBLIC"},
     {"REVOKE SELECT ON {}.t FROM PUBLIC"},
     "privileges table {}.t for PUBLIC: is left behind"},
    {"SELECT 1",
     {"ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT ON TABLES TO PUBLIC"},
     {"ALTER DEFAULT PRIVILEGES IN SCHEMA {} REVOKE SELECT ON TABLES FROM PUBLIC"},
     "default privileges postgres on r in schema {}: is left behind"},
    {"SELECT 1",
     {"COMMENT ON COLUMN {}.t.a IS 'said'"},
     {"COMMENT ON COLUMN {}.t.a IS NULL"},
     "comment on column {}.t.a: is left behind"},
    {"CREATE TABLE {}.l (a integer) PARTITION BY LIST (a)",
     {"CREATE TABLE {}.l1 PARTITION OF {}.l FOR VALUES IN (1)"},
     {"DROP TABLE {}.l1"},
     "table {}.l1: is left behind"},
    {"CREATE TABLE {}.l (a integer) PARTITION BY LIST (a)",
     {"ALTER TABLE {}.l RENAME TO m"},
     {"ALTER TABLE {}.m RENAME TO l"},
     "table {}.l: is gone"},
    {"SELECT 1",
     {"ALTER TABLE {}.t ENABLE ROW LEVEL SECURITY"},
     {"ALTER TABLE {}.t DISABLE ROW LEVEL SECURITY"},
     "table {}.t: its row level security was \"false\" and is \"true\""},
    // What is not modelled is named all the same.
    {"SELECT 1",
     {"CREATE STATISTICS {}.st ON a, b FROM {}.t"},
     {"DROP STATISTICS {}.st"},
     "statistics object {}.st: is left behind"},
    {"SELECT 1", {"CREATE PUBLICATION {}p"}, {"DROP PUBLICATION {}p"}, "publication {}p: is left behind"},
    {"SELECT 1", {"CREATE COLLATION {}.co FROM \"C\""}, {"DROP COLLATION {}.co"}, "collation {}.co: is left behind"},
    {"SELECT 1",
     {"CREATE TEXT SEARCH DICTIONARY {}.d (TEMPLATE = simple)"},
     {"DROP TEXT SEARCH DICTIONARY {}.d"},
     "text search dictionary {}.d: is left behind"},
    {"SELECT 1",
     {"CREATE OPERATOR {}.### (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat)"},
     {"DROP OPERATOR {}.### (text, text)"},
     "operator {}.###(pg_catalog.text,pg_catalog.text): is left behind"},
    {"SELECT 1",
     {"CREATE FOREIGN DATA WRAPPER {}w"},
     {"DROP FOREIGN DATA WRAPPER {}w"},
     "foreign-data wrapper {}w: is left behind"},
    {"CREATE FUNCTION {}.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
     {"CREATE EVENT TRIGGER {}e ON ddl_command_end WHEN TAG IN ('CREATE CAST') EXECUTE FUNCTION {}.f()"},
     {"DROP EVENT TRIGGER {}e"},
     "event trigger {}e: is left behind"},
    {"SELECT 1", {"CREATE ROLE {}r"}, {"DROP ROLE {}r"}, "role {}r: is left behind"},
};

std::string filled(std::string form, const std::string& schema) {
    for (std::size_t at = form.find("{}"); at != std::string::npos; at = form.find("{}")) form.replace(at, 2, schema);
    return form;
}

std::vector<std::string> filled(std::vector<std::string> forms, const std::string& schema) {
    for (auto& each : forms) each = filled(each, schema);
    return forms;
}

verify_report verified(const history& what) {
    auto& server = shared_postgresql_server();
    const auto new_database = [&server] { return server.uri(server.create_database()); };
    scratch::postgresql_scratch database(new_database(), new_database);
    return verify(database, {}, what);
}

std::string schema_of(std::size_t index) { return "s" + std::to_string(index); }

// Two migrations for each case.
built_history history_of(const std::vector<object_case>& all, bool forgets, const std::string& prefix) {
    std::vector<migration_text> migrations;
    std::int64_t version = 0;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const auto& each = all[index];
        const std::string schema = prefix + std::to_string(index);
        migrations.push_back(
            {.version = ++version,
             .name = "before" + std::to_string(index),
             .up = filled({"CREATE SCHEMA {}", "CREATE TABLE {}.t (a integer, b text)", each.before}, schema)});
        migrations.push_back({.version = ++version,
                              .name = "case" + std::to_string(index),
                              .up = filled(each.up, schema),
                              .down = forgets ? std::vector<std::string>{"SELECT 1"} : filled(each.down, schema)});
    }
    return {"shop", engine_kind::postgresql, migrations};
}

TEST(VerifyOnPostgresql, NamesWhatADownForgetsWhateverItIs) {
    const auto report = verified(history_of(cases, true, "s"));
    ASSERT_EQ(report.migrations, 2 * cases.size());
    ASSERT_EQ(report.findings.size(), cases.size());
    for (std::size_t index = 0; index < cases.size(); ++index) {
        EXPECT_THAT(report.findings[index].file, ::testing::EndsWith("_case" + std::to_string(index) + ".down.sql"));
        EXPECT_THAT(report.findings[index].details, ::testing::Contains(filled(cases[index].left, schema_of(index))));
    }
}

TEST(VerifyOnPostgresql, AcceptsADownThatUndoesWhateverItIs) {
    const auto report = verified(history_of(cases, false, "t"));
    EXPECT_EQ(report.undone, cases.size());
    std::string found;
    for (const auto& each : report.findings) found += to_string(each, "");
    EXPECT_EQ(found, "");
}

TEST(VerifyOnPostgresql, ProvesScriptsWithoutATransactionByRunningThem) {
    const built_history what(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a (b integer)"}, .down = {"DROP TABLE a"}},
         {.version = 2,
          .name = "right",
          .up = {"CREATE INDEX CONCURRENTLY i ON a (b)"},
          .down = {"DROP INDEX CONCURRENTLY i"},
          .mode = transaction_mode::no_transaction},
         {.version = 3,
          .name = "wrong",
          .up = {"CREATE INDEX CONCURRENTLY j ON a (b)", "CREATE INDEX CONCURRENTLY k ON a (b)"},
          .down = {"DROP INDEX CONCURRENTLY j"},
          .mode = transaction_mode::no_transaction},
         {.version = 4, .name = "c", .up = {"DROP INDEX k"}, .down = {"CREATE INDEX k ON a (b)"}}});
    const auto report = verified(what);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].file, "0003_wrong.down.sql");
    EXPECT_THAT(report.findings[0].details, ElementsAre("index public.k: is left behind"));
    EXPECT_EQ(report.migrations, 4U);
    EXPECT_EQ(report.undone, 4U);
}

TEST(VerifyOnPostgresql, IsNotDeceivedByPartsOfATransactionThatAreUndone) {
    const std::string adds_and_forgets =
        "DO $$ BEGIN CREATE TABLE b (); RAISE division_by_zero; "
        "EXCEPTION WHEN division_by_zero THEN DROP INDEX i; END $$";
    const built_history what(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a (b integer)", "CREATE INDEX i ON a (b)"}},
         {.version = 2, .name = "b", .up = {adds_and_forgets}, .down = {"SELECT 1"}}});
    const auto report = verified(what);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_THAT(report.findings[0].details, ElementsAre("index public.i: is gone"));
}

TEST(VerifyOnPostgresql, TellsWhereADownOrAnUpFails) {
    const built_history what(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a ()"}, .down = {"SELECT 1", "DROP TABLE b"}},
         {.version = 2, .name = "b", .up = {"CREATE TABLE b ()"}, .down = {"DROP TABLE b"}},
         {.version = 3, .name = "c", .up = {"CREATE TABLE a ()"}, .down = {"DROP TABLE a"}}});
    const auto report = verified(what);
    ASSERT_EQ(report.findings.size(), 2U);
    EXPECT_THAT(to_string(report.findings[0], "m"),
                ::testing::StartsWith("m/0001_a.down.sql:2:1: warning: table \"b\" does not exist [42P01]"));
    EXPECT_THAT(to_string(report.findings[1], "m"),
                ::testing::StartsWith("m/0003_c.sql:1:1: error: relation \"a\" already exists [42P07]"));
    EXPECT_EQ(report.migrations, 2U);
}

TEST(VerifyOnPostgresql, FindsThatAnUpCannotBeRunAgain) {
    const built_history what(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a ()"}},
         {.version = 2, .name = "b", .up = {"CREATE TEMP TABLE seen ()"}, .down = {"SELECT 1"}, .released = false}});
    const auto report = verified(what);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_TRUE(report.any_errors());
    EXPECT_THAT(to_string(report.findings[0], ""),
                ::testing::StartsWith("0002_b.down.sql:1:1: error: the up script cannot be run again after this down "
                                      "script: relation \"seen\" already exists"));
    EXPECT_EQ(report.migrations, 2U);
}

TEST(VerifyOnPostgresql, AppliesFirstWhatAHistoryDependsOn) {
    const built_history auth("auth", engine_kind::postgresql,
                             {{.version = 5, .name = "a", .up = {"CREATE TABLE a ()"}}});
    const built_history shop(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "b", .up = {"DROP TABLE a"}, .down = {"CREATE TABLE a ()"}, .depends = {{"auth", 5}}}});
    auto& server = shared_postgresql_server();
    scratch::postgresql_scratch database(server.uri(server.create_database()), [] { return std::string(); });
    const auto report = verify(database, {&auth.get()}, shop);
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.undone, 1U);
}

}  // namespace
}  // namespace varve
