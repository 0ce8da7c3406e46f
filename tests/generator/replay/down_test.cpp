#include "replayed.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Down : public testing::Replayed {
protected:
    Down() {
        write("0001_users.sql",
              "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n"
              "INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');\n"
              "CREATE INDEX users_name ON users (name);\n"
              "CREATE VIEW names AS SELECT name FROM users;\n");
    }

    [[nodiscard]] std::string replayed_with(std::string_view up, std::string_view down) {
        write("0002_x.sql", up);
        write("0002_x.down.sql", down);
        return replayed();
    }
};

TEST_F(Down, MayFormatAndQuoteAsItLikes) {
    EXPECT_EQ(replayed_with("DROP INDEX users_name;\n",
                            "CREATE INDEX \"users_name\"\n    ON [Users] ( name ); -- as it was\n"),
              "");
}

TEST_F(Down, MayRenameBack) {
    EXPECT_EQ(replayed_with("ALTER TABLE users RENAME TO people;\nALTER TABLE people RENAME COLUMN name TO title;\n",
                            "ALTER TABLE people RENAME COLUMN title TO name;\nALTER TABLE people RENAME TO users;\n"),
              "");
}

TEST_F(Down, MayRebuildATable) {
    EXPECT_EQ(replayed_with("PRAGMA foreign_keys = off;\nALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);\n",
                            "PRAGMA foreign_keys = off;\nDROP VIEW names;\n"
                            "CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT);\n"
                            "INSERT INTO new_users SELECT id, name FROM users;\nDROP TABLE users;\n"
                            "ALTER TABLE new_users RENAME TO users;\n"
                            "CREATE INDEX users_name ON users (name);\n"
                            "CREATE VIEW names AS SELECT name FROM users;\n"),
              "");
}

TEST_F(Down, IsReportedIfItLeavesATable) {
    const std::string said = replayed_with("CREATE TABLE posts (id INTEGER);\n", "SELECT 1;\n");
    EXPECT_THAT(said,
                StartsWith("0002_x.down.sql:1:1: error: this down does not undo its up: table `posts` is there, but "
                           "was not before [M603]\n"));
}

TEST_F(Down, IsReportedIfItLeavesAColumnAndAnIndex) {
    const std::string said =
        replayed_with("ALTER TABLE users ADD COLUMN email TEXT;\nCREATE INDEX e ON users (email);\n", "SELECT 1;\n");
    EXPECT_THAT(said, HasSubstr("index `e` on `users` is there, but was not before"));
    EXPECT_THAT(said, HasSubstr("table `users` has `email text`, which was not there before"));
}

TEST_F(Down, IsReportedIfItDoesNotBringBackAnIndexThatItsRebuildLost) {
    const std::string said =
        replayed_with("ALTER TABLE users ADD COLUMN age INTEGER;\n",
                      "DROP VIEW names;\nCREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT);\n"
                      "INSERT INTO n SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE n RENAME TO users;\n"
                      "CREATE VIEW names AS SELECT name FROM users;\n");
    EXPECT_THAT(said, HasSubstr("index `users_name` on `users` is not there any more [M603]"));
}

TEST_F(Down, IsReportedIfItLosesRows) {
    EXPECT_THAT(
        replayed_with("UPDATE users SET name = upper(name);\n", "DELETE FROM users WHERE id = 2;\n"),
        StartsWith("0002_x.down.sql:1:1: error: this down does not undo its up: table `users` has 1 row where it "
                   "had 2 rows [M604]\n"));
}

TEST_F(Down, IsReportedIfItChangesValues) {
    EXPECT_THAT(replayed_with("UPDATE users SET name = 'x';\n", "UPDATE users SET name = 'Ada';\n"),
                HasSubstr("table `users` has other values in its 2 rows [M604]"));
}

TEST_F(Down, MayReturnEveryRow) {
    EXPECT_EQ(replayed_with("INSERT INTO users VALUES (3, 'Edsger');\n", "DELETE FROM users WHERE id = 3;\n"), "");
}

TEST_F(Down, SeesWhatATriggerWrites) {
    write("0001_users.sql",
          "CREATE TABLE users (id INTEGER PRIMARY KEY);\nCREATE TABLE log (id INTEGER);\n"
          "CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id); END;\n");
    EXPECT_THAT(replayed_with("INSERT INTO users VALUES (3);\n", "DELETE FROM users WHERE id = 3;\n"),
                HasSubstr("table `log` has 1 row where it had 0 rows [M604]"));
}

TEST_F(Down, IsReportedIfTheCounterOfARebuiltTableFalls) {
    write("0001_users.sql",
          "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT);\nINSERT INTO users VALUES (7);\nDELETE FROM "
          "users;\n");
    EXPECT_THAT(
        replayed_with("ALTER TABLE users ADD COLUMN x;\n",
                      "CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT);\nINSERT INTO n SELECT id FROM "
                      "users;\nDROP TABLE users;\nALTER TABLE n RENAME TO users;\n"),
        HasSubstr("the AUTOINCREMENT counter of table `users` fell from 7 to 0: numbers are given again [M604]"));
}

// Nothing but the ups runs in production.
TEST_F(Down, TakesNoNumbersFromTheMigrationsAfterIt) {
    write("0001_users.sql",
          "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);\n"
          "CREATE TABLE roles (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"
          "CREATE TABLE posts (author INTEGER REFERENCES users (id), role INTEGER REFERENCES roles (id));\n"
          "INSERT INTO users (name) VALUES ('Ada');\n");
    write("0003_posts.sql",
          "PRAGMA foreign_keys = on;\nINSERT INTO posts VALUES (2, 1);\n"
          "INSERT INTO users (name) VALUES ('Grace');\nINSERT INTO posts VALUES (3, 1);\n");
    EXPECT_EQ(replayed_with("INSERT INTO users (name) VALUES ('Joan');\nINSERT INTO roles DEFAULT VALUES;\n",
                            "DELETE FROM users WHERE name = 'Joan';\nDELETE FROM roles;\n"),
              "");
}

TEST_F(Down, IsReportedIfItDoesNotPutTheUserVersionBack) {
    EXPECT_THAT(replayed_with("PRAGMA user_version = 5;\n", "SELECT 1;\n"),
                HasSubstr("PRAGMA user_version is 5 and was 0 [M603]"));
}

TEST_F(Down, IsReportedIfItFails) {
    EXPECT_THAT(replayed_with("CREATE TABLE posts (id INTEGER);\n", "DROP TABLE post;\n"),
                StartsWith("0002_x.down.sql:1:12: error: no such table: post [M602]\n"));
}

TEST_F(Down, IsUndoneIfItIsWrong) {
    write("0003_y.sql", "ALTER TABLE posts ADD COLUMN x;\n");
    const std::string said =
        replayed_with("CREATE TABLE posts (id INTEGER);\n", "DROP TABLE posts;\nDROP VIEW names;\n");
    EXPECT_THAT(said, HasSubstr("view `names` is not there any more [M603]"));
    EXPECT_THAT(said, ::testing::Not(HasSubstr("0003")));
}

TEST_F(Down, OfAReleasedMigrationIsWarnedOf) {
    write("0002_x.sql", "CREATE TABLE posts (id INTEGER);\n");
    write("0002_x.down.sql", "DROP TABLE post;\n");
    write("0003_y.sql", "CREATE TABLE pages (id INTEGER);\n");
    write("0003_y.down.sql", "SELECT 1;\n");
    release();
    const std::string said = replayed();
    EXPECT_THAT(said, HasSubstr("0002_x.down.sql:1:12: warning: no such table: post [M602]"));
    EXPECT_THAT(said, HasSubstr("0003_y.down.sql:1:1: warning: this down does not undo its up: table `pages`"));
    EXPECT_THAT(said, HasSubstr("varve lock --down 3"));
}

TEST_F(Down, MayAddAColumnBackAtTheEnd) {
    write("0001_users.sql", "CREATE TABLE users (id INTEGER, name TEXT, age INTEGER);\n");
    EXPECT_EQ(replayed_with("ALTER TABLE users DROP COLUMN name;\n", "ALTER TABLE users ADD COLUMN name TEXT;\n"), "");
}

TEST_F(Down, WithoutATransactionIsUndoneAsAWhole) {
    write("0003_y.sql", "SELECT name FROM names, posts;\n");
    const std::string said = replayed_with("CREATE TABLE posts (id INTEGER);\n",
                                           "-- varve: no-transaction\nDROP VIEW names;\nDROP TABLE post;\n");
    EXPECT_THAT(said, StartsWith("0002_x.down.sql:3:12: error: no such table: post [M602]\n"));
    EXPECT_THAT(said, ::testing::Not(HasSubstr("0003")));
}

TEST_F(Down, IsFollowedByTheUpAgain) {
    write("0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    EXPECT_EQ(
        replayed_with("CREATE TEMP TABLE scratch (id);\nINSERT INTO users SELECT id FROM scratch;\n", "SELECT 1;\n"),
        "");
}

}  // namespace
}  // namespace varve::generator
