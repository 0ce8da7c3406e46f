#include "program.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
class Down : public testing::Program {
protected:
    [[nodiscard]] testing::run_result down(std::string version, std::vector<std::string> more = {}) const {
        auto words = source("down", {std::move(version)});
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

TEST_F(Down, RefusesAMigrationThatIsNotThere) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    const auto result = down("2");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.err, "varve: error: there is no migration 2 in " + path("migrations").string() +
                              "\n  hint: name the number in front of its file's name\n");
}

TEST_F(Down, RefusesWhatTheBuildWouldRefuse) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    const auto result = down("1");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:1:8: error: "));
}

TEST_F(Down, SaysWhatHasNoInverseAndWritesNothing) {
    write("migrations/0001_a.sql", "-- why\nUPDATE users SET age = 1;\n");
    const auto printed = down("1");
    EXPECT_EQ(printed.exit_code, 1);
    EXPECT_EQ(printed.out,
              "-- undoes: a\n"
              "-- inferred from 0001_a.sql: read it before you rely on it\n"
              "\n"
              "-- no inverse: UPDATE users: what the rows held before is gone\n");
    EXPECT_EQ(printed.err,
              path("migrations").string() +
                  "/0001_a.sql:2:1: error: UPDATE users has no inverse that can be inferred: what the rows held before "
                  "is gone [M049]\n"
                  "  UPDATE users SET age = 1;\n"
                  "  ^\n"
                  "  hint: write it by hand in 0001_a.down.sql, or say in the head of 0001_a.sql: -- varve: "
                  "irreversible\n");
    const auto written = down("1", {"--write"});
    EXPECT_EQ(written.exit_code, 1);
    EXPECT_EQ(written.out, "");
    EXPECT_EQ(written.err, printed.err);
    EXPECT_FALSE(exists("migrations/0001_a.down.sql"));
}

TEST_F(Down, WritesTheFileOnceAndNeverOverAnother) {
    write("migrations/0001_a.sql", "CREATE TABLE users (id INTEGER);\n");
    const std::string file = path("migrations/0001_a.down.sql").string();
    const auto first = down("1", {"--write"});
    EXPECT_EQ(first.exit_code, 0);
    EXPECT_EQ(first.out, file + "\n");
    EXPECT_EQ(read("migrations/0001_a.down.sql"),
              "-- undoes: a\n"
              "-- inferred from 0001_a.sql: read it before you rely on it\n"
              "\n"
              "-- loses data: the rows of users\n"
              "DROP TABLE users;\n");
    EXPECT_EQ(run(source("check")).exit_code, 0);
    const auto second = down("1", {"--write"});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_EQ(second.err, "varve: error: " + file +
                              " is there already, and nothing is written over it\n"
                              "  hint: without --write, the inverse is printed: compare the two\n");
    EXPECT_EQ(down("1").out, read("migrations/0001_a.down.sql"));
}

TEST_F(Down, WritesNoneBesideAMigrationThatSaysItIsIrreversible) {
    write("migrations/0001_a.sql", "-- varve: irreversible\nCREATE TABLE users (id INTEGER);\n");
    const auto result = down("1", {"--write"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql says that it is irreversible"));
    EXPECT_FALSE(exists("migrations/0001_a.down.sql"));
    EXPECT_EQ(down("1").exit_code, 0);
}

TEST_F(Down, SaysHowTheDownOfAReleasedMigrationIsReleased) {
    write("migrations/0001_a.sql", "CREATE TABLE users (id INTEGER);\n");
    (void)run(source("lock"));
    const auto result = down("1", {"--write"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("released without a down script: the build refuses this one (M043) until\n"
                                      "`varve lock --down 1` releases it too\n"));
    EXPECT_THAT(run(source("check")).err, HasSubstr("[M043]"));
    EXPECT_EQ(run(source("lock", {"--down", "1"})).exit_code, 0);
    EXPECT_EQ(run(source("check")).exit_code, 0);
}

TEST_F(Down, AnswersInJson) {
    write("migrations/0001_a.sql", "UPDATE users SET age = 1;\n");
    const auto result = down("1", {"--format", "json"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.out, HasSubstr(R"({"script": "-- undoes: a\n-- inferred)"));
    EXPECT_THAT(result.out, HasSubstr(R"("diagnostics": [)"));
    EXPECT_THAT(result.out, HasSubstr(R"("code": "M049")"));
    EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace varve::generator
