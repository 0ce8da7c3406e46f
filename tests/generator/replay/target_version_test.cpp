#include "replayed.hpp"

#include <gmock/gmock.h>
#include <replay/sqlite_features.hpp>
#include <replay/target_version.hpp>

namespace varve::generator {
namespace {

/// `RETURNING 3.35`, one a line.
std::string features_of(std::string_view sql) {
    const lexed script = lex(sql, engine_kind::sqlite);
    std::string result;
    for (const used_feature& each : used_features(token_reader(sql, script.tokens))) {
        result += each.what + " " + to_string(each.since) + "\n";
    }
    return result;
}

TEST(SqliteFeatures, KnowWhenEachCame) {
    EXPECT_EQ(features_of("ALTER TABLE main.t DROP COLUMN a"), "ALTER TABLE .. DROP COLUMN 3.35\n");
    EXPECT_EQ(features_of("ALTER TABLE t RENAME a TO b"), "ALTER TABLE .. RENAME COLUMN 3.25\n");
    EXPECT_EQ(features_of("VACUUM INTO 'x'"), "VACUUM INTO 3.27\n");
    EXPECT_EQ(features_of("INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING"), "INSERT .. ON CONFLICT DO 3.24\n");
    EXPECT_EQ(features_of("INSERT INTO t VALUES (1) RETURNING id"), "RETURNING 3.35\n");
    EXPECT_EQ(features_of("UPDATE t SET a = (SELECT 1 FROM x) FROM u WHERE u.id = t.id"), "UPDATE .. FROM 3.33\n");
    EXPECT_EQ(features_of("CREATE TABLE t (a, b AS (a + 1))"), "a generated column 3.31\n");
    EXPECT_EQ(features_of("CREATE TABLE t (a, b GENERATED ALWAYS AS (a + 1))"), "a generated column 3.31\n");
    EXPECT_EQ(features_of("CREATE TABLE t (a INT) WITHOUT ROWID, STRICT"), "a STRICT table 3.37\n");
    EXPECT_EQ(features_of("SELECT a ->> '$.b' FROM t"), "operator ->> 3.38\n");
    EXPECT_EQ(features_of("SELECT sum(a) OVER (ORDER BY b NULLS LAST) FROM t"),
              "a window function 3.25\nNULLS FIRST and LAST 3.30\n");
    EXPECT_EQ(features_of("SELECT count(*) FILTER (WHERE a) FROM t FULL OUTER JOIN u"),
              "FILTER behind an aggregate 3.30\nRIGHT and FULL JOIN 3.39\n");
    EXPECT_EQ(features_of("SELECT a IS NOT DISTINCT FROM b"), "IS DISTINCT FROM 3.39\n");
    EXPECT_EQ(features_of("WITH x AS NOT MATERIALIZED (SELECT 1) SELECT * FROM x"), "a MATERIALIZED hint 3.35\n");
    EXPECT_EQ(features_of("SELECT iif(a, 1, 2), Sqrt(b)"), "the function iif() 3.32\nthe function sqrt() 3.35\n");
    EXPECT_EQ(features_of("SELECT 1_000"), "a number with _ in it 3.46\n");
}

TEST(SqliteFeatures, AreNotSeenWhereThereAreNone) {
    for (const char* sql :
         {"CREATE TABLE format (sign INTEGER, log TEXT UNIQUE ON CONFLICT REPLACE)",
          "INSERT INTO format (sign) VALUES (1)", "CREATE INDEX i ON log (a)", "ALTER TABLE t RENAME TO u",
          "ALTER TABLE t ADD COLUMN strict", "UPDATE t SET a = (SELECT 1 FROM x) WHERE a IN (SELECT 2 FROM y)",
          "CREATE TABLE t AS SELECT a FROM b", "SELECT 'RETURNING', \"over\" FROM t LEFT OUTER JOIN u",
          "CREATE VIEW v AS SELECT CAST(a AS INTEGER) FROM t",
          "CREATE TRIGGER r AFTER UPDATE ON t BEGIN UPDATE t SET a = 1 WHERE b; DELETE FROM u; END"}) {
        EXPECT_EQ(features_of(sql), "") << sql;
    }
}

class TargetVersion : public testing::Replayed {
protected:
    [[nodiscard]] std::string checked() const {
        diagnostics found;
        check_target_version(loaded().history, options, found);
        std::ostringstream text;
        print(text, found, output_format::text);
        return shortened(text.str());
    }
};

TEST_F(TargetVersion, SaysWhatItLacksAndSinceWhenThereIsIt) {
    options.target = sqlite_version{3'031'000};
    write("0001_a.sql", "CREATE TABLE a (x);\nALTER TABLE a DROP COLUMN x;\n");
    EXPECT_EQ(checked(),
              "0001_a.sql:2:15: error: SQLite 3.31 does not have ALTER TABLE .. DROP COLUMN [M610]\n"
              "  ALTER TABLE a DROP COLUMN x;\n"
              "                ^\n"
              "  hint: it came with SQLite 3.35: write it without, or raise SQLITE_TARGET_VERSION\n");
}

TEST_F(TargetVersion, OnlyWarnsOfReleasedMigrations) {
    options.target = sqlite_version{3'031'000};
    write("0001_a.sql", "CREATE TABLE a (x) STRICT;\n");
    release();
    EXPECT_THAT(checked(), ::testing::StartsWith("0001_a.sql:1:20: warning: "));
}

TEST_F(TargetVersion, DoesNotMindFunctionsOfTheApplication) {
    options.target = sqlite_version{3'031'000};
    options.functions = {{"iif", 3}};
    write("0001_a.sql", "SELECT iif(1, 2, 3);\n");
    EXPECT_EQ(checked(), "");
}

TEST_F(TargetVersion, AcceptsEverythingOfItsOwn) {
    options.target = sqlite_version{3'035'000};
    write("0001_a.sql", "CREATE TABLE a (x);\nALTER TABLE a DROP COLUMN x;\n");
    EXPECT_EQ(checked(), "");
}

}  // namespace
}  // namespace varve::generator
