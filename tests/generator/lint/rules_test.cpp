// What cannot be asked of a server: what fails, what depends on the history, what is not reported. Locks are in
// locks_on_postgresql_test.cpp, the examples of docs/diagnostics/ in diagnostics_test.

#include "lint_scenario.hpp"

#include <sql/postgresql_parser.hpp>

namespace varve::generator {
namespace {

constexpr std::string_view users = "CREATE TABLE users (id bigint PRIMARY KEY, email text, name varchar(20));";

/// Finds nothing that belongs to other rules.
class Rules : public ::testing::Test {
protected:
    void SetUp() override {
        if (!postgresql_parser_version()) GTEST_SKIP() << "built without PostgreSQL's grammar";
    }

    static std::string codes(std::string_view draft, engine_kind engine = engine_kind::postgresql) {
        return after(users, draft, engine);
    }

    static std::string after(std::string_view released, std::string_view draft,
                             engine_kind engine = engine_kind::postgresql) {
        lint_scenario history(engine);
        history.options.off = {"M3", "M4", "M5"};
        return history.released(released).draft(draft).codes();
    }

    static std::string strictly(std::string_view draft) {
        lint_scenario history;
        history.options.off = {"M2", "M3", "M4", "M5"};
        history.options.profile = lint_profile::strict;
        return history.released(users).draft(draft).codes();
    }
};

TEST_F(Rules, AnEnumValueIsOnlyUsedTooEarlyInItsTransaction) {
    const std::string add = "ALTER TYPE mood ADD VALUE 'calm';\n";
    EXPECT_EQ(after("SELECT 1", add + "INSERT INTO t VALUES ('calm');"), "M107");
    EXPECT_EQ(after("SELECT 1", add + "INSERT INTO t VALUES ('loud');"), "");
    EXPECT_EQ(after("SELECT 1", "INSERT INTO t VALUES ('calm');\n" + add), "");
    EXPECT_EQ(after("SELECT 1",
                    "-- varve: no-transaction\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'calm';\n"
                    "INSERT INTO t VALUES ('calm');"),
              "");
}

TEST_F(Rules, AnEnumValueIsNotMeantWhereNoColumnIsOfItsType) {
    const std::string add = "ALTER TYPE mood ADD VALUE 'calm';\n";
    const std::string texts = "CREATE TABLE t (label text, times int);";
    EXPECT_EQ(after(texts, add + "INSERT INTO t VALUES ('calm', 1);"), "");
    EXPECT_EQ(after(texts, add + "UPDATE t SET times = 2 WHERE label = 'calm';\nDELETE FROM t WHERE label = 'calm';"),
              "");
    EXPECT_EQ(after(texts, add + "DELETE FROM t WHERE label = 'calm'::mood::text;"), "M107");
    EXPECT_EQ(after(texts, add + "DELETE FROM t USING x WHERE x.mood = 'calm';"), "M107");
    EXPECT_EQ(after("CREATE TABLE t (label mood);", add + "INSERT INTO t VALUES ('calm');"), "M107");
    EXPECT_EQ(after("CREATE TABLE t (label text, moods moods);", add + "INSERT INTO t VALUES ('calm');"), "M107");
}

TEST_F(Rules, ARequiredColumnNeedsAValueForTheRowsThatAreThere) {
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a int NOT NULL;"), "M108");
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a int DEFAULT NULL, ADD b int NOT NULL DEFAULT NULL;"), "M108");
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a int NOT NULL DEFAULT 0;"), "");
    EXPECT_EQ(codes("CREATE TABLE t (id int);\nALTER TABLE t ADD COLUMN a int NOT NULL;"), "");
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a int NOT NULL GENERATED ALWAYS AS IDENTITY;"), "M210");
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a serial NOT NULL;"), "M210");
}

TEST_F(Rules, SqliteRefusesARequiredColumnForAnEmptyTableToo) {
    EXPECT_EQ(codes("CREATE TABLE t (id INTEGER);\nALTER TABLE t ADD COLUMN a INTEGER NOT NULL;", engine_kind::sqlite),
              "M108");
    EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN a INTEGER NOT NULL DEFAULT 0;", engine_kind::sqlite), "");
}

TEST_F(Rules, NamesThatTheHistoryDoesNotKnowAreReportedOnRequest) {
    EXPECT_EQ(codes("ALTER TABLE user_s ADD COLUMN a int;"), "");
    EXPECT_EQ(strictly("ALTER TABLE user_s ADD COLUMN a int;"), "M109");
    EXPECT_EQ(strictly("ALTER TABLE users DROP COLUMN age;"), "M109");
    EXPECT_EQ(strictly("ALTER TABLE users ALTER COLUMN age SET DEFAULT 1;"), "M109");
    EXPECT_EQ(strictly("ALTER TABLE users RENAME COLUMN age TO years;"), "M109");
    EXPECT_EQ(strictly("CREATE INDEX i ON users (age);"), "M109");
    EXPECT_EQ(strictly("CREATE TABLE users (id int);"), "M109");
    EXPECT_EQ(strictly("DROP TABLE user_s;"), "M109");
    EXPECT_EQ(strictly("DROP TABLE IF EXISTS user_s; ALTER TABLE IF EXISTS user_s ADD a int;"), "");
    EXPECT_EQ(strictly("ALTER TABLE users ADD COLUMN age int, ALTER COLUMN age SET DEFAULT 1;"), "");
    EXPECT_EQ(strictly("CREATE TABLE IF NOT EXISTS users (id int); CREATE INDEX i ON users (lower(email));"), "");
}

TEST_F(Rules, NothingIsUnknownBehindCodeWhoseEffectIsNotSeen) {
    EXPECT_EQ(strictly("DO $$BEGIN CREATE TABLE t (id int); END$$;\nALTER TABLE t ADD COLUMN a int;"), "");
}

TEST_F(Rules, WithoutATransactionAStatementMustBearRepetition) {
    const std::string mode = "-- varve: no-transaction\n";
    EXPECT_EQ(codes(mode + "CREATE TABLE a (id int);\nCREATE TABLE IF NOT EXISTS b (id int);"), "M110");
    EXPECT_EQ(codes(mode + "DROP TABLE IF EXISTS a;\nCREATE OR REPLACE VIEW v AS SELECT 1;"), "");
    EXPECT_EQ(codes(mode + "CREATE TABLE a (id int);"), "");
    EXPECT_EQ(codes("CREATE INDEX CONCURRENTLY a ON users (id);"), "");
    EXPECT_EQ(codes(mode + "SET lock_timeout = '1s';\nCREATE INDEX CONCURRENTLY a ON users (id);"), "");
    EXPECT_EQ(codes("CREATE INDEX CONCURRENTLY a ON users (id);\nCREATE INDEX CONCURRENTLY b ON users (id);"), "");
    EXPECT_EQ(codes("CREATE INDEX CONCURRENTLY ON users (id);\nCREATE INDEX CONCURRENTLY b ON users (id);"), "M110");
    EXPECT_EQ(codes(mode + "DROP INDEX CONCURRENTLY a;\nDROP INDEX CONCURRENTLY b;"), "");
    EXPECT_EQ(
        codes(mode + "SET search_path = app;\nDROP VIEW IF EXISTS c;\nCREATE INDEX CONCURRENTLY a ON users (id);"),
        "M110");
}

TEST_F(Rules, WhatAKeySaysIsDividedBetweenItsIndexAndItsConstraint) {
    lint_scenario history;
    history.released(users).draft(
        "ALTER TABLE users ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (id, email) INCLUDE (age) WITH (fillfactor = "
        "70)\n"
        "    USING INDEX TABLESPACE fast DEFERRABLE INITIALLY DEFERRED;");
    const std::string hints = history.hints();
    EXPECT_NE(hints.find("CREATE UNIQUE INDEX CONCURRENTLY k ON users (id, email) INCLUDE (age) NULLS NOT DISTINCT "
                         "WITH (fillfactor = 70) TABLESPACE fast;\n"),
              std::string::npos)
        << hints;
    EXPECT_NE(hints.find("ADD CONSTRAINT k UNIQUE USING INDEX k DEFERRABLE INITIALLY DEFERRED;\n"), std::string::npos)
        << hints;
}

TEST_F(Rules, RowsAreNotChangedBehindAStrongLock) {
    const std::string alter = "ALTER TABLE users ADD COLUMN a int;\n";
    EXPECT_EQ(codes(alter + "UPDATE users SET a = 1;"), "M215");
    EXPECT_EQ(codes(alter + "INSERT INTO users SELECT * FROM others;"), "M215");
    EXPECT_EQ(codes(alter + "INSERT INTO users VALUES (1);"), "");
    EXPECT_EQ(codes("UPDATE users SET id = 1;\n" + alter), "");
    EXPECT_EQ(codes("CREATE TABLE t (id int);\n" + alter + "INSERT INTO t SELECT id FROM users;"), "");
    EXPECT_EQ(codes("CREATE TABLE t (id int);\nALTER TABLE t ADD a int;\nUPDATE users SET id = 1;"), "");
}

TEST_F(Rules, AnIndexOfADraftsTableIsNoHazard) {
    EXPECT_EQ(codes("CREATE TABLE t (id int);\nCREATE INDEX t_id ON t (id);\nDROP INDEX t_id;\nREINDEX TABLE t;"), "");
    EXPECT_EQ(codes("CREATE TEMP TABLE t AS SELECT * FROM users;\nCREATE INDEX t_id ON t (id);"), "");
    EXPECT_EQ(codes("DROP INDEX somebody_elses;"), "M202");
}

TEST_F(Rules, ATableThatIsRenamedStaysInUse) {
    EXPECT_EQ(after("CREATE TABLE a (id int);\nALTER TABLE a RENAME TO b;", "CREATE INDEX i ON b (id);"), "M201");
    EXPECT_EQ(codes("ALTER TABLE users RENAME TO people;\nCREATE INDEX i ON people (id);"), "M201");
}

TEST_F(Rules, AColumnThatADraftAddsIsReadWithItsTable) {
    lint_scenario history;
    history.options.off = {"M3", "M4", "M5"};
    history.released(users)
        .draft("ALTER TABLE users ADD COLUMN a int;")
        .draft("ALTER TABLE users ALTER a SET NOT NULL;");
    EXPECT_EQ(history.codes(), "M208");
}

TEST_F(Rules, HintsQuoteTheUsersNames) {
    lint_scenario history;
    history.released("CREATE TABLE \"Order\" (id int, \"Größe\" int);")
        .draft("ALTER TABLE \"Order\" ALTER COLUMN \"Größe\" SET NOT NULL;");
    EXPECT_NE(
        history.hints().find("ALTER TABLE \"Order\" ADD CONSTRAINT \"Order_Größe_not_null\" CHECK (\"Größe\" IS NOT "
                             "NULL) NOT VALID;"),
        std::string::npos)
        << history.hints();
}

TEST_F(Rules, HintsKeepTheStatementAsItWasWritten) {
    lint_scenario history;
    history.released(users).draft("CREATE  UNIQUE INDEX /* by address */ users_email\n  ON users (email); -- soon");
    EXPECT_NE(
        history.hints().find("CREATE  UNIQUE INDEX CONCURRENTLY /* by address */ users_email\n  ON users (email);"),
        std::string::npos)
        << history.hints();
}

}  // namespace
}  // namespace varve::generator
