// How to find out later whether a statement took effect: as the grammar tells, and as the tokens alone tell.
#include "scripts.hpp"

#include <schema/statement_probes.hpp>
#include <sql/postgresql_parser.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

std::string_view word_of(probe_kind kind) {
    switch (kind) {
        case probe_kind::repeatable:
            return "repeatable";
        case probe_kind::setting:
            return "setting";
        case probe_kind::index_built:
            return "index_built";
        case probe_kind::index_rebuilt:
            return "index_rebuilt";
        case probe_kind::relation_dropped:
            return "relation_dropped";
        case probe_kind::enum_value_added:
            return "enum_value_added";
        case probe_kind::database_created:
            return "database_created";
        case probe_kind::database_dropped:
            return "database_dropped";
    }
    return "?";
}

/// `index_built app.users users_email`; `-` where only a person can tell.
std::string described(const std::optional<probe_source>& probe) {
    if (!probe) return "-";
    std::string text(word_of(probe->kind));
    if (!probe->object.empty()) {
        text += " " + (probe->schema.empty() ? "" : probe->schema + ".") + probe->object;
    }
    if (!probe->name.empty()) text += " " + probe->name;
    return text;
}

std::string last_probe(script_source script, engine_kind engine) { return described(probes_of(script, engine).back()); }

struct probed {
    std::string_view sql;
    std::string_view by;
};

void expect(engine_kind engine, std::initializer_list<probed> all) {
    for (const probed& each : all) {
        SCOPED_TRACE(each.sql);
        script_source script = script_of(each.sql, engine);
        EXPECT_EQ(last_probe(script, engine), each.by);
        for (classified_statement& statement : script.script.statements) statement.tree.clear();
        EXPECT_EQ(last_probe(script, engine), each.by) << "by its tokens alone";
    }
}

TEST(StatementProbes, AnIndexIsLookedForAtItsTable) {
    expect(engine_kind::postgresql,
           {
               {"CREATE INDEX CONCURRENTLY users_email ON users (email)", "index_built users users_email"},
               {"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"A b\" ON App.\"Us\"\"ers\" (email)",
                "index_built app.Us\"ers A b"},
               {"CREATE INDEX IF NOT EXISTS i ON s.t (a)", "index_built s.t i"},
               {"CREATE INDEX CONCURRENTLY ON t (a)", "-"},
               {"DROP INDEX CONCURRENTLY app.i", "relation_dropped app.i"},
               {"DROP INDEX CONCURRENTLY IF EXISTS \"I\"", "relation_dropped I"},
               {"REINDEX INDEX CONCURRENTLY app.i", "index_rebuilt app.i"},
               {"REINDEX (VERBOSE) TABLE CONCURRENTLY t", "index_rebuilt t"},
               {"REINDEX TABLE t", "repeatable"},
               {"REINDEX SCHEMA CONCURRENTLY app", "repeatable"},
           });
}

TEST(StatementProbes, WhatDoesNoHarmTwiceIsRunAgain) {
    expect(engine_kind::postgresql, {
                                        {"VACUUM (ANALYZE) t", "repeatable"},
                                        {"VACUUM FULL t", "repeatable"},
                                        {"ANALYZE", "repeatable"},
                                        {"REFRESH MATERIALIZED VIEW CONCURRENTLY v", "repeatable"},
                                        {"CLUSTER", "repeatable"},
                                        {"ALTER SYSTEM SET work_mem = '8MB'", "repeatable"},
                                        {"CREATE TABLE IF NOT EXISTS t (a int)", "repeatable"},
                                        {"CREATE SCHEMA IF NOT EXISTS app", "repeatable"},
                                        {"DROP SCHEMA IF EXISTS app", "repeatable"},
                                        {"ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'", "repeatable"},
                                        {"ALTER TABLE t ADD COLUMN IF NOT EXISTS a int", "repeatable"},
                                        {"ALTER TABLE t DROP COLUMN IF EXISTS a", "repeatable"},
                                        {"ALTER TABLE t VALIDATE CONSTRAINT c", "repeatable"},
                                        {"DROP TABLE IF EXISTS a.t, a.u", "repeatable"},
                                    });
}

TEST(StatementProbes, SomeThingsAreThereOrNot) {
    expect(engine_kind::postgresql,
           {
               {"ALTER TYPE app.mood ADD VALUE 'it''s ok' AFTER 'sad'", "enum_value_added app.mood it's ok"},
               {"CREATE DATABASE reports", "database_created reports"},
               {"DROP DATABASE reports", "database_dropped reports"},
               {"DROP DATABASE IF EXISTS \"Reports\"", "database_dropped Reports"},
               {"DROP TABLE t", "relation_dropped t"},
           });
}

TEST(StatementProbes, OfTheRestNobodyIsSure) {
    expect(engine_kind::postgresql, {
                                        {"UPDATE t SET a = a + 1", "-"},
                                        {"INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "-"},
                                        {"TRUNCATE t", "-"},
                                        {"CALL fill()", "-"},
                                        {"DO $$ BEGIN COMMIT; END $$", "-"},
                                        {"CREATE TABLE t (a int)", "-"},
                                        {"CREATE TEMPORARY TABLE IF NOT EXISTS t (a int)", "-"},
                                        {"ALTER TABLE t ADD COLUMN a int", "-"},
                                        {"ALTER TABLE t ALTER COLUMN a TYPE text USING a || 'x'", "-"},
                                        {"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "-"},
                                        {"DROP TABLE IF EXISTS t, u", "-"},
                                        {"DROP FUNCTION IF EXISTS f(int)", "-"},
                                        {"CREATE SUBSCRIPTION s CONNECTION 'host=a' PUBLICATION p", "-"},
                                    });
}

TEST(StatementProbes, ANameWithoutASchemaIsNotTrustedOnceTheSearchPathMayBeAnother) {
    expect(engine_kind::postgresql,
           {
               {"SET lock_timeout = '2s'; CREATE INDEX CONCURRENTLY i ON t (a)", "index_built t i"},
               {"SET search_path = app; CREATE INDEX CONCURRENTLY i ON t (a)", "-"},
               {"SET search_path = app; CREATE INDEX CONCURRENTLY i ON app.t (a)", "index_built app.t i"},
               {"DO $$ BEGIN COMMIT; END $$; DROP INDEX CONCURRENTLY i", "-"},
               {"SET search_path = app", "setting"},
               {"RESET search_path", "setting"},
               {"DISCARD ALL", "setting"},
           });
}

TEST(StatementProbes, SqliteHasSettingsAndWhatMayBeRepeated) {
    expect(engine_kind::sqlite, {
                                    {"VACUUM", "repeatable"},
                                    {"VACUUM INTO 'copy.db'", "-"},
                                    {"ANALYZE", "repeatable"},
                                    {"PRAGMA journal_mode = WAL", "setting"},
                                    {"ATTACH 'other.db' AS other", "setting"},
                                    {"DETACH other", "setting"},
                                    {"CREATE TABLE IF NOT EXISTS t (a)", "repeatable"},
                                    {"CREATE INDEX IF NOT EXISTS i ON t (a)", "repeatable"},
                                    {"CREATE INDEX i ON t (a)", "-"},
                                    {"DROP TABLE IF EXISTS t", "repeatable"},
                                    {"INSERT INTO t VALUES (1)", "-"},
                                });
}

}  // namespace
}  // namespace varve::generator
