#include "replayed.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
class Replay : public testing::Replayed {};

TEST_F(Replay, SaysNothingAboutAHistoryThatWorks) {
    write("0001_users.sql",
          "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users VALUES (1, 'a');\n");
    write("0001_users.down.sql", "DROP TABLE users;\n");
    write("0002_email.sql", "ALTER TABLE users ADD COLUMN email TEXT;\n");
    write("0002_email.down.sql", "ALTER TABLE users DROP COLUMN email;\n");
    EXPECT_EQ(replayed(), "");
    EXPECT_EQ(report().replayed, 2U);
}

TEST_F(Replay, SaysWhereSqliteFoundASyntaxError) {
    write("0001_users.sql", "-- the first\nCREATE TABLE users (\n    id INTEGER PRIMARY KEY,\n);\n");
    EXPECT_EQ(replayed(),
              "0001_users.sql:4:1: error: near \")\": syntax error [M601]\n"
              "  );\n"
              "  ^\n");
}

TEST_F(Replay, SaysHowToDoWhatAlterTableCannot) {
    write("0001_users.sql",
          "CREATE TABLE users (id INTEGER, name TEXT);\nALTER TABLE users ALTER COLUMN name SET NOT NULL;\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0001_users.sql:2:19: error: near \"ALTER\": syntax error [M601]\n"));
    EXPECT_THAT(said, HasSubstr("for anything else rebuild the table"));
}

TEST_F(Replay, CountsColumnsInCharacters) {
    write("0001_users.sql", "CREATE TABLE t (a); INSERT INTO t VALUES ('\xC3\xA9\xC3\xA9\xC3\xA9', b);\n");
    EXPECT_THAT(replayed(), StartsWith("0001_users.sql:1:50: error: no such column: b [M601]\n"));
}

TEST_F(Replay, SaysWhatIsNotThereAndWhoMakesItLater) {
    write("0001_seed.sql", "INSERT INTO posts VALUES (1);\n");
    write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0001_seed.sql:1:13: error: no such table: posts [M601]\n"));
    EXPECT_THAT(said, HasSubstr("hint: migration 2 (posts) makes it, but comes later\n"
                                "0002_posts.sql:1:1: note: it is made here\n"));
}

TEST_F(Replay, SaysWhoMadeWhatIsThereAlready) {
    write("0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    write("0002_users.sql", "CREATE TABLE Users (id INTEGER);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0002_users.sql:1:14: error: table Users already exists [M601]\n"));
    EXPECT_THAT(said, HasSubstr("0001_users.sql:1:1: note: it was made here\n"));
}

TEST_F(Replay, ReportsEachFailureOnce) {
    write("0001_users.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, nothing NOTHING NOTHING);\n");
    write("0002_email.sql", "ALTER TABLE users ADD COLUMN email TEXT;\n");
    write("0003_wrong.sql", "SELEC 1;\n");
    const std::string said = replayed();
    EXPECT_THAT(said, HasSubstr("0001_users.sql:1:45: error: "));
    EXPECT_THAT(said, Not(HasSubstr("0002")));
    EXPECT_THAT(said, HasSubstr("0003_wrong.sql:1:1: error: "));
}

TEST_F(Replay, GoesOnBehindAFailureWithWhatWasThereBeforeIt) {
    write("0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    write("0002_b.sql", "CREATE TABLE b (id INTEGER);\nINSERT INTO missing VALUES (1);\n");
    write("0003_a.sql", "ALTER TABLE a ADD COLUMN x;\n");
    const std::string said = replayed();
    EXPECT_THAT(said, HasSubstr("0002_b.sql:2:13: error: no such table: missing [M601]"));
    EXPECT_THAT(said, Not(HasSubstr("0003")));
}

TEST_F(Replay, FailsForReleasedMigrationsToo) {
    write("0001_users.sql", "INSERT INTO users VALUES (1);\n");
    release();
    EXPECT_THAT(replayed(), StartsWith("0001_users.sql:1:13: error: no such table: users [M601]\n"));
}

TEST_F(Replay, OnlyWarnsOfWhatAnotherHistoryMayMake) {
    write("0001_posts.sql", "-- varve: depends auth:1\nINSERT INTO users VALUES (1);\n");
    EXPECT_THAT(replayed(), StartsWith("0001_posts.sql:2:13: warning: no such table: users [M601]\n"));
}

TEST_F(Replay, ChecksForeignKeysBeforeTheCommit) {
    write("0001_a.sql",
          "PRAGMA foreign_keys = off;\nCREATE TABLE p (id INTEGER PRIMARY KEY);\n"
          "CREATE TABLE c (p REFERENCES p (id));\nINSERT INTO c VALUES (7);\n");
    EXPECT_THAT(replayed(), StartsWith("0001_a.sql:1:1: error: FOREIGN KEY constraint failed at commit: a row of table "
                                       "`c` refers to a row of `p` that does not exist [M601]\n"));
}

TEST_F(Replay, AppliesTheForeignKeysOfAScript) {
    write("0001_a.sql",
          "PRAGMA foreign_keys = on;\nCREATE TABLE p (id INTEGER PRIMARY KEY);\n"
          "CREATE TABLE c (p REFERENCES p (id));\nINSERT INTO c VALUES (7);\n");
    EXPECT_THAT(replayed(), StartsWith("0001_a.sql:4:1: error: FOREIGN KEY constraint failed [M601]\n"));
}

TEST_F(Replay, KeepsTheRowsOfAChildWhenItsParentIsRebuilt) {
    write("0001_a.sql",
          "CREATE TABLE p (id INTEGER PRIMARY KEY);\nINSERT INTO p VALUES (1);\n"
          "CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);\nINSERT INTO c VALUES (1);\n");
    write(
        "0002_rebuild.sql",
        "PRAGMA foreign_keys = off;\nCREATE TABLE n (id INTEGER PRIMARY KEY, x);\nINSERT INTO n SELECT id, 1 FROM p;\n"
        "DROP TABLE p;\nALTER TABLE n RENAME TO p;\nPRAGMA foreign_keys = on;\n");
    write("0003_needs_the_row.sql",
          "CREATE TABLE proof (n INTEGER CHECK (n = 1));\nINSERT INTO proof SELECT count(*) FROM c;\n");
    EXPECT_EQ(replayed(), "");
}

TEST_F(Replay, PutsBackWhatAPragmaChanged) {
    write("0001_a.sql",
          "PRAGMA ignore_check_constraints = on;\nCREATE TABLE a (x CHECK (x > 0));\nINSERT INTO a VALUES (0);\n");
    write("0002_b.sql", "INSERT INTO a VALUES (-1);\n");
    EXPECT_THAT(replayed(), HasSubstr("0002_b.sql:1:1: error: CHECK constraint failed: x > 0 [M601]"));
}

TEST_F(Replay, StopsAStatementThatDoesNotEnd) {
    options.most_steps = 1'000'000;
    write("0001_a.sql", "CREATE TABLE a (x);\n");
    write("0002_loop.sql",
          "INSERT INTO a WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x < "
          "0;\n");
    write("0003_b.sql", "INSERT INTO missing VALUES (1);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0002_loop.sql:1:1: warning: this statement was stopped"));
    EXPECT_THAT(said, Not(HasSubstr("0003")));
}

TEST_F(Replay, LetsLongStatementsEnd) {
    write(
        "0001_a.sql",
        "CREATE TABLE a (x);\nINSERT INTO a WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < "
        "100000) SELECT x FROM c;\n");
    EXPECT_EQ(replayed(), "");
}

TEST_F(Replay, DoesNothingIfItIsSwitchedOff) {
    options.mode = replay_mode::off;
    write("0001_a.sql", "INSERT INTO missing VALUES (1);\n");
    EXPECT_EQ(replayed(), "");
    EXPECT_EQ(report().replayed, 0U);
}

TEST_F(Replay, OnlyWarnsIfTheTargetIsNewerThanItself) {
    options.target = sqlite_version{3'999'000};
    write("0001_a.sql", "CREATE TABLE a (x) FUTURE;\n");
    const std::string said = replayed();
    EXPECT_THAT(said, StartsWith("0001_a.sql:1:1: warning: "));
    EXPECT_THAT(said, HasSubstr("older than SQLITE_TARGET_VERSION 3.999"));
}

}  // namespace
}  // namespace varve::generator
