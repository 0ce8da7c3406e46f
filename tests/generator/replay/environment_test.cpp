#include "replayed.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
namespace fs = std::filesystem;

class Environment : public testing::Replayed {
protected:
    /// A name of a file that must not appear.
    [[nodiscard]] std::string file(std::string_view name) const { return (directory() / name).string(); }
    [[nodiscard]] bool only_migrations_are_there() const {
        return std::distance(fs::directory_iterator(directory()), fs::directory_iterator()) == 1;
    }
};

TEST_F(Environment, NeverTouchesAFile) {
    write("0001_a.sql", "CREATE TABLE a (x);\n");
    write("0002_attach.sql", "ATTACH '" + file("other.db") + "' AS other;\nDETACH other;\n");
    write("0003_vacuum.sql", "VACUUM INTO '" + file("copy.db") + "';\n");
    write("0004_vacuum.sql", "VACUUM;\n");
    write("0005_uri.sql", "ATTACH 'file:" + file("uri.db") + "?mode=rwc' AS other;\n");
    const std::string said = replayed();
    EXPECT_TRUE(only_migrations_are_there());
    EXPECT_THAT(said, HasSubstr("0002_attach.sql:1:1: note: this statement was not replayed: ATTACH"));
    EXPECT_THAT(said, HasSubstr("0005_uri.sql:1:1: note: "));
    EXPECT_THAT(said, Not(HasSubstr("error")));
}

TEST_F(Environment, DoesNotCheckWhatNeedsAnAttachedDatabase) {
    write("0001_a.sql",
          "-- varve: no-transaction\nCREATE TABLE a (x);\nATTACH 'other.db' AS other;\n"
          "INSERT INTO a SELECT x FROM other.a;\nDETACH other;\nINSERT INTO b VALUES (1);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, Not(HasSubstr("0001_a.sql:4")));
    EXPECT_THAT(said, HasSubstr("0001_a.sql:6:13: error: no such table: b [M601]"));
}

TEST_F(Environment, DoesNotCheckWhatNeedsAModuleOfTheApplication) {
    write("0001_a.sql", "CREATE VIRTUAL TABLE words USING vec0 (embedding float[3]);\n");
    write("0001_a.down.sql", "DROP TABLE words;\n");
    write("0002_b.sql", "INSERT INTO words VALUES (1);\nCREATE TABLE b (x);\n");
    write("0003_c.sql", "INSERT INTO b VALUES (1, 2);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, HasSubstr("0001_a.sql:1:34: note: this statement was not replayed: no such module: vec0 [M607]"));
    EXPECT_THAT(said, Not(HasSubstr("0002")));
    EXPECT_THAT(said, HasSubstr("0003_c.sql:1:1: error: table b has 1 columns but 2 values were supplied [M601]"));
}

TEST_F(Environment, LoadsNoExtension) {
    write("0001_a.sql", "SELECT load_extension('mod_spatialite');\n");
    EXPECT_THAT(replayed(), StartsWith("0001_a.sql:1:8: note: this statement was not replayed: load_extension()"));
}

TEST_F(Environment, KnowsFullTextSearch) {
    write("0001_a.sql", "CREATE VIRTUAL TABLE words USING fts5 (body);\nINSERT INTO words VALUES ('a b');\n");
    write("0001_a.down.sql", "DROP TABLE words;\n");
    write("0002_b.sql", "INSERT INTO words VALUES ('c d');\n");
    write("0002_b.down.sql", "DELETE FROM words WHERE body = 'c d';\n");
    EXPECT_EQ(replayed(), "");
}

TEST_F(Environment, HintsAtTheKeywordForAFunctionOfTheApplication) {
    write("0001_a.sql", "CREATE TABLE a (x);\nCREATE INDEX i ON a (slugify(x));\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0001_a.sql:2:22: error: no such function: slugify [M606]\n"));
    EXPECT_THAT(said, HasSubstr("SQLITE_FUNCTIONS slugify/1"));
}

TEST_F(Environment, OnlyWarnsOfAFunctionInAReleasedMigration) {
    write("0001_a.sql", "CREATE TABLE a (x);\nCREATE INDEX i ON a (slugify(x));\n");
    release();
    EXPECT_THAT(replayed(), StartsWith("0001_a.sql:2:22: warning: no such function: slugify [M606]\n"));
}

TEST_F(Environment, HintsAtTheKeywordForACollation) {
    write("0001_a.sql", "CREATE TABLE a (x COLLATE by_nature);\nCREATE INDEX i ON a (x);\n");
    EXPECT_THAT(replayed(), HasSubstr("SQLITE_COLLATIONS by_nature"));
}

TEST_F(Environment, HasStandInsForFunctionsAndCollations) {
    options.functions = {{"slugify", 1}, {"new_id", 0}, {"any", -1}};
    options.collations = {"by_nature"};
    write("0001_a.sql",
          "CREATE TABLE a (id UNIQUE NOT NULL DEFAULT (new_id()), x COLLATE by_nature,\n"
          "                slug NOT NULL AS (slugify(x)));\n"
          "CREATE INDEX i ON a (slugify(x), x);\n"
          "INSERT INTO a (x) VALUES ('a'), ('b'), (any(NULL, 'c', 'd'));\n"
          "CREATE TABLE proof (n CHECK (n = 3));\nINSERT INTO proof SELECT count(*) FROM a WHERE slug = x;\n");
    EXPECT_EQ(replayed(), "");
}

TEST_F(Environment, HasStandInsForAggregates) {
    options.functions = {{"median", 1, function_kind::aggregate}, {"new_ids", -1, function_kind::aggregate}};
    write(
        "0001_a.sql",
        "CREATE TABLE a (x);\nINSERT INTO a VALUES (NULL), (7), (8);\n"
        "CREATE TABLE proof (m CHECK (m = 7), n NOT NULL UNIQUE, o NOT NULL);\n"
        "INSERT INTO proof SELECT median(x), new_ids(), 1 FROM a;\n"
        "INSERT INTO proof SELECT median(x) FILTER (WHERE x = 7) OVER (), row_number() OVER () + 100000000, 1 FROM a;\n"
        "INSERT INTO proof SELECT 7, 2, median(x) FROM a WHERE false;\n"
        "CREATE VIEW v AS SELECT median(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS m FROM a;\nSELECT * FROM v;\n");
    EXPECT_EQ(replayed(), "");
}

TEST_F(Environment, DoesNotBlameAScriptForWhatAStandInMadeUp) {
    options.functions = {{"country", 0}};
    write("0001_a.sql", "CREATE TABLE a (x CHECK (x IN ('de', 'fr')));\nINSERT INTO a VALUES (country());\n");
    EXPECT_THAT(replayed(),
                StartsWith("0001_a.sql:2:1: note: this statement was not replayed: CHECK constraint failed"));
}

TEST_F(Environment, ReadsFunctionsWithAndWithoutTheNumberOfTheirArguments) {
    EXPECT_EQ(parse_stand_in_function("slugify/2")->arguments, 2);
    EXPECT_EQ(parse_stand_in_function("slugify")->arguments, -1);
    EXPECT_EQ(parse_stand_in_function("slugify")->kind, function_kind::scalar);
    EXPECT_EQ(parse_stand_in_function("median/1:aggregate")->name, "median");
    EXPECT_EQ(parse_stand_in_function("median/1:aggregate")->arguments, 1);
    EXPECT_EQ(parse_stand_in_function("median:aggregate")->kind, function_kind::aggregate);
    for (const char* wrong : {"", "/1", "slugify/", "slugify/x", "slugify/-1", "slugify/128", "slug ify/1",
                              ":aggregate", "median/1:window"}) {
        EXPECT_FALSE(parse_stand_in_function(wrong)) << wrong;
    }
}

TEST_F(Environment, ReadsVersionsOfSqlite) {
    EXPECT_EQ(parse_sqlite_version("3.31")->number, 3'031'000);
    EXPECT_EQ(to_string(*parse_sqlite_version("3.8.11")), "3.8.11");
    for (const char* wrong : {"", "3", "3.", "2.8", "3.31.", "3.31.1.2", "3.x"}) {
        EXPECT_FALSE(parse_sqlite_version(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace varve::generator
