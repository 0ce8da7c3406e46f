#include "replayed.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Rebuild : public testing::Replayed {
protected:
    Rebuild() {
        write("0001_users.sql",
              "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);\n"
              "CREATE TABLE posts (author INTEGER REFERENCES users (id) ON DELETE CASCADE);\n"
              "CREATE UNIQUE INDEX users_by_email ON users (email);\n"
              "CREATE TRIGGER lower_email AFTER INSERT ON users BEGIN SELECT 1; END;\n");
    }
    [[nodiscard]] std::string rebuilt(const std::string& head, const std::string& end) {
        write("0002_rebuild.sql", head +
                                      "CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n"
                                      "INSERT INTO n SELECT id, email FROM users;\n"
                                      "DROP TABLE users;\nALTER TABLE n RENAME TO users;\n" +
                                      end);
        return replayed();
    }
    const std::string off = "PRAGMA foreign_keys = off;\n";
    const std::string index = "CREATE UNIQUE INDEX users_by_email ON users (email);\n";
    const std::string trigger = "CREATE TRIGGER lower_email AFTER INSERT ON users BEGIN SELECT 1; END;\n";
};

TEST_F(Rebuild, IsFineIfItMakesEverythingAgain) { EXPECT_EQ(rebuilt(off, index + trigger), ""); }

TEST_F(Rebuild, IsWarnedOfIfItLosesAnIndex) {
    const std::string said = rebuilt(off, trigger);
    EXPECT_THAT(said,
                StartsWith("0002_rebuild.sql:4:1: warning: this drops the index `users_by_email` with the old table "
                           "`users`, and nothing makes it again [M611]\n"));
    EXPECT_THAT(said, HasSubstr("CREATE UNIQUE INDEX users_by_email ON users (email);\n"));
    EXPECT_THAT(said, Not(HasSubstr("lower_email")));
}

TEST_F(Rebuild, IsWarnedOfIfItLosesATrigger) {
    EXPECT_THAT(rebuilt(off, index), HasSubstr("the trigger `lower_email` with the old table"));
}

TEST_F(Rebuild, MayDropAnIndexByName) { EXPECT_EQ(rebuilt(off + "DROP INDEX users_by_email;\n", trigger), ""); }

TEST_F(Rebuild, IsWarnedOfIfItWouldDeleteChildren) {
    EXPECT_THAT(
        rebuilt("", index + trigger),
        StartsWith("0002_rebuild.sql:3:1: warning: where foreign keys are on, this deletes the rows of `posts` that "
                   "refer to `users`, or fails [M612]\n"));
}

TEST_F(Rebuild, IsWarnedOfIfItForgetsGivenNumbers) {
    write("0001_users.sql", "CREATE TABLE Users (id INTEGER PRIMARY KEY AUTOINCREMENT);\n");
    const std::string create = "CREATE TABLE \"N\" (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT);\n";
    const std::string replace = "DROP TABLE users;\nALTER TABLE \"N\" RENAME TO users;\n";
    const std::string keep =
        "DELETE FROM sqlite_sequence WHERE name = 'N';\n"
        "INSERT INTO sqlite_sequence (name, seq)\n"
        "    SELECT 'N', seq FROM sqlite_sequence WHERE name = 'Users';\n";
    write("0002_rebuild.sql", create + replace);
    EXPECT_THAT(replayed(), StartsWith("0002_rebuild.sql:2:1: warning: this forgets which numbers AUTOINCREMENT has "
                                       "given in `Users`: those of deleted rows are given again [M613]\n"));
    write("0002_rebuild.sql", create + keep + replace);
    EXPECT_EQ(replayed(), "");
}

TEST_F(Rebuild, OfAReleasedMigrationIsNotReviewed) {
    (void)rebuilt("", "");
    release();
    EXPECT_EQ(replayed(), "");
}

TEST_F(Rebuild, IsNoneIfTheTableIsDroppedForGood) {
    write("0002_drop.sql", "DROP TABLE posts;\nDROP TABLE users;\n");
    EXPECT_EQ(replayed(), "");
}

}  // namespace
}  // namespace varve::generator
