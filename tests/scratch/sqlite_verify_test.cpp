#include "support/history_builder.hpp"

#include "sqlite/definition_text.hpp"
#include "sqlite/memory_scratch.hpp"

#include <varve/verify.hpp>

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace varve {
namespace {

using testing::built_history;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::migration_text;

verify_report verified(const std::vector<migration_text>& migrations) {
    const built_history what("shop", engine_kind::sqlite, migrations);
    sqlite::memory_scratch database;
    return verify(database, {}, what);
}

// What is found when a down does nothing.
std::vector<std::string> left_by(const std::string& before, const std::string& up) {
    const auto report =
        verified({{.version = 1, .name = "before", .up = {before}},
                  {.version = 2, .name = "wrong", .up = {up}, .down = {"SELECT 1"}, .released = false}});
    return report.findings.empty() ? std::vector<std::string>{} : report.findings.front().details;
}

constexpr const char* users = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)";

TEST(VerifyOnSqlite, NamesWhatADownForgets) {
    EXPECT_THAT(left_by("SELECT 1", users), ElementsAre("table users: is left behind"));
    EXPECT_THAT(left_by(users, "ALTER TABLE users ADD COLUMN phone"),
                ElementsAre("column users.phone: is left behind"));
    EXPECT_THAT(left_by(users, "CREATE INDEX by_email ON users (email)"),
                ElementsAre("index by_email: is left behind"));
    EXPECT_THAT(left_by(users, "CREATE VIEW v AS SELECT 1 AS one"), ElementsAre("view v: is left behind"));
    EXPECT_THAT(left_by(users, "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END"),
                ElementsAre("trigger t: is left behind"));
    EXPECT_THAT(left_by(users, "PRAGMA user_version = 7"),
                ElementsAre("pragma user_version: its value was \"0\" and is \"7\""));
    EXPECT_THAT(left_by(users, "INSERT INTO users VALUES (1, 'a')"),
                ElementsAre("row of users (email='a', id=1): is left behind"));
}

TEST(VerifyOnSqlite, AcceptsADownThatUndoesWhateverItIsWritten) {
    const auto report = verified({{.version = 1, .name = "a", .up = {users}, .down = {"DROP TABLE users"}},
                                  {.version = 2,
                                   .name = "b",
                                   .up = {"ALTER TABLE users RENAME TO people"},
                                   .down = {"ALTER TABLE people RENAME TO users"}},
                                  {.version = 3,
                                   .name = "c",
                                   .up = {"ALTER TABLE people DROP COLUMN email"},
                                   .down = {"ALTER TABLE people ADD COLUMN email /* again */ TEXT"}}});
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.migrations, 3U);
    EXPECT_EQ(report.undone, 3U);
}

TEST(VerifyOnSqlite, WarnsOfAWrongDownThatIsReleasedAndGoesOn) {
    const auto report = verified({{.version = 1, .name = "a", .up = {users}, .down = {"SELECT 1"}},
                                  {.version = 2, .name = "b", .up = {"DROP TABLE users"}, .down = {users}}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].level, finding::severity::warning);
    EXPECT_EQ(report.findings[0].file, "0001_a.down.sql");
    EXPECT_EQ(report.migrations, 2U);
    EXPECT_FALSE(report.any_errors());
}

TEST(VerifyOnSqlite, TellsWhereADownFailsAndGoesOnWithoutIt) {
    const auto report =
        verified({{.version = 1, .name = "a", .up = {users}, .down = {"DROP TABLE user"}, .released = false},
                  {.version = 2, .name = "b", .up = {"DROP TABLE users"}}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_THAT(to_string(report.findings[0], "m"), HasSubstr("m/0001_a.down.sql:1:1: error: no such table: user"));
    EXPECT_EQ(report.migrations, 2U);
}

TEST(VerifyOnSqlite, StopsAtAnUpThatFails) {
    const auto report = verified({{.version = 1, .name = "a", .up = {"DROP TABLE users"}, .down = {users}},
                                  {.version = 2, .name = "b", .up = {users}}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_TRUE(report.any_errors());
    EXPECT_EQ(report.findings[0].file, "0001_a.sql");
    EXPECT_THAT(report.findings[0].details, ::testing::Contains("1 migrations after it were not run"));
    EXPECT_EQ(report.migrations, 0U);
}

TEST(VerifyOnSqlite, GivesTheNumbersThatProductionWillGive) {
    const auto report = verified({{.version = 1,
                                   .name = "a",
                                   .up = {"CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
                                          "CREATE TABLE posts (author INTEGER REFERENCES users (id))",
                                          "INSERT INTO users (name) VALUES ('Ada')"}},
                                  {.version = 2,
                                   .name = "b",
                                   .up = {"INSERT INTO users (name) VALUES ('Joan')"},
                                   .down = {"DELETE FROM users WHERE name = 'Joan'"}},
                                  {.version = 3,
                                   .name = "c",
                                   .up = {"INSERT INTO posts VALUES (2)"},
                                   .foreign_keys = foreign_keys_setting::on}});
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.migrations, 3U);
}

TEST(VerifyOnSqlite, HasWhatTheApplicationRegisters) {
    const built_history what(
        "shop", engine_kind::sqlite,
        {{.version = 1,
          .name = "a",
          .up = {"CREATE TABLE a (x COLLATE by_nature, slug NOT NULL AS (slugify(x)), id UNIQUE NOT NULL DEFAULT "
                 "(new_id()))",
                 "CREATE INDEX i ON a (slugify(x), x)", "INSERT INTO a (x) VALUES ('a'), ('b')",
                 "CREATE VIEW v AS SELECT median(x) AS m, median(x) OVER () AS n FROM a", "SELECT * FROM v"},
          .down = {"DROP VIEW v", "DROP TABLE a"}},
         {.version = 2,
          .name = "b",
          .up = {"CREATE TABLE b AS SELECT m FROM (SELECT median(x) AS m FROM a) WHERE m = 'a'"}}});
    sqlite::memory_scratch database(
        {.functions = {"slugify/1", "new_id/0", "median/1:aggregate"}, .collations = {"by_nature"}});
    const auto report = verify(database, {}, what);
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.migrations, 2U);
}

TEST(VerifyOnSqlite, DoesNotUndoWhatIsIrreversible) {
    const auto report =
        verified({{.version = 1, .name = "a", .up = {users}, .down = {"DROP TABLE user"}, .irreversible = true}});
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.undone, 0U);
}

TEST(DefinitionText, IsTheSameHoweverItIsWritten) {
    EXPECT_EQ(sqlite::canonical("CREATE TABLE \"Users\"(a INT -- one\n, [b] TEXT DEFAULT 'X  y')"),
              sqlite::canonical("create table users ( `A` int, b text /* two */ default 'X  y' )"));
    EXPECT_NE(sqlite::canonical("SELECT 'a'"), sqlite::canonical("SELECT 'A'"));
}

TEST(DefinitionText, TakesATableApart) {
    const auto parts = sqlite::table_definition_in(
        "CREATE TABLE t (a DECIMAL(1,2) CHECK (a IN (1,2)), UNIQUE (a, b)) WITHOUT ROWID, STRICT");
    EXPECT_THAT(parts.items, ElementsAre("a decimal ( 1 , 2 ) check ( a in ( 1 , 2 ) )", "unique ( a , b )"));
    EXPECT_EQ(parts.options, "without rowid , strict");
    EXPECT_TRUE(sqlite::is_table_constraint(parts.items[1]));
    EXPECT_FALSE(sqlite::table_definition_in("CREATE VIRTUAL TABLE f USING fts5(a)").has_items);
}

}  // namespace
}  // namespace varve
