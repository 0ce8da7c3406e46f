// Which statements cannot run inside a transaction. What is listed was tried on PostgreSQL 15 and SQLite 3.40.
#include <sql/outside_transaction.hpp>

#include <gtest/gtest.h>

#include <string>

namespace varve::generator {
namespace {

constexpr engine_kind postgresql = engine_kind::postgresql;
constexpr engine_kind sqlite = engine_kind::sqlite;

std::string outside(std::string_view text, engine_kind dialect) {
    const lexed cut = lex(text, dialect);
    const auto why = why_outside_transaction(token_reader(text, cut.tokens), dialect);
    return why ? why->what : "";
}

TEST(OutsideTransaction, IndexesBuiltConcurrently) {
    EXPECT_EQ(outside("create unique index concurrently if not exists i on t (a)", postgresql),
              "CREATE INDEX CONCURRENTLY");
    EXPECT_EQ(outside("CREATE INDEX CONCURRENTLY ON t (a)", postgresql), "CREATE INDEX CONCURRENTLY");
    EXPECT_EQ(outside("DROP INDEX CONCURRENTLY i", postgresql), "DROP INDEX CONCURRENTLY");
    EXPECT_EQ(outside("CREATE INDEX i ON t (concurrently)", postgresql), "");
    EXPECT_EQ(outside("DROP INDEX i", postgresql), "");
    EXPECT_EQ(outside("REFRESH MATERIALIZED VIEW CONCURRENTLY v", postgresql), "");
}

TEST(OutsideTransaction, Reindexing) {
    EXPECT_EQ(outside("REINDEX INDEX CONCURRENTLY i", postgresql), "REINDEX CONCURRENTLY");
    EXPECT_EQ(outside("REINDEX (VERBOSE, CONCURRENTLY) TABLE t", postgresql), "REINDEX CONCURRENTLY");
    EXPECT_EQ(outside("REINDEX (CONCURRENTLY off) TABLE t", postgresql), "");
    EXPECT_EQ(outside("REINDEX (VERBOSE) SCHEMA s", postgresql), "REINDEX SCHEMA");
    EXPECT_EQ(outside("REINDEX DATABASE d", postgresql), "REINDEX DATABASE");
    EXPECT_EQ(outside("REINDEX SYSTEM d", postgresql), "REINDEX SYSTEM");
    EXPECT_EQ(outside("REINDEX TABLE t", postgresql), "");
    EXPECT_EQ(outside("REINDEX (", postgresql), "");
}

TEST(OutsideTransaction, WholeDatabasesAndClusters) {
    EXPECT_EQ(outside("CREATE DATABASE d", postgresql), "CREATE DATABASE");
    EXPECT_EQ(outside("DROP DATABASE IF EXISTS d", postgresql), "DROP DATABASE");
    EXPECT_EQ(outside("ALTER DATABASE d SET TABLESPACE t", postgresql), "ALTER DATABASE .. SET TABLESPACE");
    EXPECT_EQ(outside("ALTER DATABASE d SET search_path TO x", postgresql), "");
    EXPECT_EQ(outside("CREATE TABLESPACE t LOCATION '/x'", postgresql), "CREATE TABLESPACE");
    EXPECT_EQ(outside("DROP TABLESPACE t", postgresql), "DROP TABLESPACE");
    EXPECT_EQ(outside("ALTER SYSTEM SET a = 1", postgresql), "ALTER SYSTEM");
    EXPECT_EQ(outside("VACUUM (ANALYZE) t", postgresql), "VACUUM");
    EXPECT_EQ(outside("ANALYZE t", postgresql), "");
    EXPECT_EQ(outside("CLUSTER", postgresql), "CLUSTER without a table");
    EXPECT_EQ(outside("CLUSTER VERBOSE", postgresql), "CLUSTER without a table");
    EXPECT_EQ(outside("CLUSTER t USING i", postgresql), "");
    EXPECT_EQ(outside("DISCARD ALL", postgresql), "DISCARD ALL");
    EXPECT_EQ(outside("DISCARD PLANS", postgresql), "");
}

TEST(OutsideTransaction, PartitionsDetachedConcurrently) {
    EXPECT_EQ(outside("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", postgresql), "DETACH PARTITION .. CONCURRENTLY");
    EXPECT_EQ(outside("ALTER TABLE a DETACH PARTITION b FINALIZE", postgresql), "");
    EXPECT_EQ(outside("ALTER TABLE a ADD COLUMN b int", postgresql), "");
}

TEST(OutsideTransaction, SubscriptionsUnlessTheyTouchNoOtherServer) {
    EXPECT_EQ(outside("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", postgresql), "CREATE SUBSCRIPTION");
    EXPECT_EQ(outside("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)", postgresql), "");
    EXPECT_EQ(outside("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = 0)", postgresql), "");
    EXPECT_EQ(outside("DROP SUBSCRIPTION s", postgresql), "DROP SUBSCRIPTION");
    EXPECT_EQ(outside("ALTER SUBSCRIPTION s REFRESH PUBLICATION", postgresql),
              "ALTER SUBSCRIPTION .. REFRESH PUBLICATION");
    EXPECT_NE(outside("ALTER SUBSCRIPTION s ADD PUBLICATION p", postgresql), "");
    EXPECT_EQ(outside("ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)", postgresql), "");
    EXPECT_EQ(outside("ALTER SUBSCRIPTION s DISABLE", postgresql), "");
}

TEST(OutsideTransaction, WhatSqliteRefusesOrIgnores) {
    EXPECT_EQ(outside("VACUUM", sqlite), "VACUUM");
    EXPECT_EQ(outside("vacuum into 'x'", sqlite), "VACUUM");
    EXPECT_EQ(outside("ATTACH 'x' AS y", sqlite), "ATTACH");
    EXPECT_EQ(outside("DETACH y", sqlite), "DETACH");
    EXPECT_EQ(outside("PRAGMA journal_mode = WAL", sqlite), "PRAGMA journal_mode");
    EXPECT_EQ(outside("pragma main.synchronous(off)", sqlite), "PRAGMA synchronous");
    EXPECT_EQ(outside("PRAGMA page_size = 8192", sqlite), "PRAGMA page_size");
    EXPECT_EQ(outside("PRAGMA auto_vacuum = 1", sqlite), "PRAGMA auto_vacuum");
    EXPECT_EQ(outside("PRAGMA wal_checkpoint", sqlite), "PRAGMA wal_checkpoint");
}

TEST(OutsideTransaction, PragmasThatOnlyAskOrWorkInATransactionStay) {
    EXPECT_EQ(outside("PRAGMA journal_mode", sqlite), "");
    EXPECT_EQ(outside("PRAGMA user_version = 7", sqlite), "");
    EXPECT_EQ(outside("PRAGMA application_id = 7", sqlite), "");
    EXPECT_EQ(outside("PRAGMA", sqlite), "");
    EXPECT_EQ(outside("CREATE INDEX CONCURRENTLY i ON t (a)", sqlite), "");
}

}  // namespace
}  // namespace varve::generator
