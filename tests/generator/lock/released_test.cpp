#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <generator/lock/lock_scenario.hpp>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

/// Two released migrations, the first with a down.
class Released : public ::testing::Test {
protected:
    Released() {
        files.write("0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
        files.write("0001_create_users.down.sql", "DROP TABLE users;\n");
        files.write("0002_add_email.sql", "ALTER TABLE users ADD email TEXT;\n");
        files.lock();
    }
    lock_scenario files;
};

TEST_F(Released, IsReportedOnlyIfItChanged) { EXPECT_EQ(files.report(), ""); }

TEST_F(Released, MayGetCommentsSpaceAndWindowsLineEnds) {
    files.write("0002_add_email.sql",
                "\xEF\xBB\xBF-- asked for by sales\r\n\r\nALTER TABLE users\r\n    ADD email TEXT\r\n");
    EXPECT_EQ(files.report(), "");
}

TEST_F(Released, MayGetADescriptionAndDependencies) {
    files.write("0002_add_email.sql",
                "-- varve: depends 1\n-- varve: description An address\nALTER TABLE users ADD email TEXT;\n");
    diagnostics found;
    const loaded_history loaded = files.load(found);
    EXPECT_EQ(printed(found), "");
    EXPECT_EQ(loaded.history.migrations[1].description, "An address");
    EXPECT_EQ(loaded.history.migrations[1].depends.size(), 1U);
}

TEST_F(Released, AnEditedUpIsAnErrorWithBothWaysOut) {
    files.write("0002_add_email.sql", "ALTER TABLE users ADD email VARCHAR(100);\n");
    const std::string report = files.report();
    EXPECT_THAT(report, HasSubstr("m/0002_add_email.sql:1:1: error: released migration 2 (add_email) was edited: its "
                                  "statements are not those that were locked [M040]\n"));
    EXPECT_THAT(report,
                HasSubstr("  hint: restore the file as it was (git log -p -- m/0002_add_email.sql shows the edit);\n"
                          "        put the change into a new migration;\n"
                          "        if the released one has to be changed after all: varve lock --directory m --engine "
                          "sqlite --name shop --accept 2\n"
                          "m/sqlite.lock:3:1: note: it was locked here\n"
                          "  0002  add_email     up 1:"));
    EXPECT_EQ(files.report_codes(), "M040");
}

TEST_F(Released, AnEditedDownIsAnErrorThatNamesTheCommand) {
    files.write("0001_create_users.down.sql", "DROP TABLE IF EXISTS users;\n");
    EXPECT_THAT(files.report(),
                HasSubstr("m/0001_create_users.down.sql:1:1: error: the down script of released migration 1 "
                          "(create_users) was edited [M041]\n"));
    EXPECT_THAT(
        files.report(),
        HasSubstr(
            "        if the correction is right, release it: varve lock --directory m --engine sqlite --name shop "
            "--down 1\n"));
    EXPECT_EQ(files.report_codes(), "M041");
}

TEST_F(Released, ADownThatIsGoneIsAnError) {
    files.remove("0001_create_users.down.sql");
    EXPECT_THAT(files.report(), HasSubstr("m/sqlite.lock:2:1: error: the down script of released migration 1 "
                                          "(create_users) is gone [M042]\n"));
    EXPECT_THAT(files.report(), HasSubstr("m/0001_create_users.sql:1:1: note: its up script is here\n"));
    EXPECT_EQ(files.report_codes(), "M042");
}

TEST_F(Released, ADownThatIsNewIsAnError) {
    files.write("0002_add_email.down.sql", "ALTER TABLE users DROP email;\n");
    EXPECT_THAT(
        files.report(),
        HasSubstr(
            "m/0002_add_email.down.sql:1:1: error: the down script of released migration "
            "2 (add_email) is new: it was locked without one [M043]\n"
            "  hint: if it is right, release it: varve lock --directory m --engine sqlite --name shop --down 2\n"));
    EXPECT_EQ(files.report_codes(), "M043");
}

TEST_F(Released, WithoutItsFileIsAnErrorAtItsLine) {
    files.remove("0002_add_email.sql");
    EXPECT_THAT(files.report(),
                HasSubstr("m/sqlite.lock:3:1: error: released migration 2 (add_email) has no file: 0002_add_email.sql "
                          "is gone [M037]\n"));
    EXPECT_THAT(files.report(), HasSubstr("  hint: restore it with git; to undo what it did, write a new migration\n"));
    EXPECT_EQ(files.report_codes(), "M037");
}

TEST_F(Released, RenamedIsRecognisedByItsChecksum) {
    files.rename("0002_add_email.sql", "0002_add_address.sql");
    EXPECT_THAT(files.report(),
                HasSubstr("m/0002_add_address.sql:1:1: error: released migration 2 (add_email) was renamed to "
                          "0002_add_address.sql [M038]\n"
                          "  hint: rename it back to 0002_add_email.sql, and its down script too if there is one\n"
                          "m/sqlite.lock:3:1: note: it was locked here\n"));
    EXPECT_EQ(files.report_codes(), "M038");
}

TEST_F(Released, RenumberedIsRecognisedByItsChecksum) {
    files.rename("0002_add_email.sql", "0003_add_email.sql");
    files.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    EXPECT_THAT(files.report(),
                HasSubstr("m/0003_add_email.sql:1:1: error: released migration 2 (add_email) was renamed to "
                          "0003_add_email.sql [M038]\n"
                          "  hint: rename it back to 0002_add_email.sql, and its down script too if there is one;\n"
                          "        give 0002_posts.sql another version\n"));
    EXPECT_EQ(files.report_codes(), "M038 M039");
}

TEST_F(Released, ReplacedByAnotherIsAnErrorThatShowsTheOther) {
    files.remove("0002_add_email.sql");
    files.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    EXPECT_THAT(files.report(), HasSubstr("[M037]"));
    EXPECT_THAT(files.report(), HasSubstr("m/0002_posts.sql:1:1: note: its version is used by this file\n"));
}

TEST_F(Released, KeepsItsVersionWhenAnotherBranchTookTheSame) {
    files.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    EXPECT_EQ(files.report(),
              "m/0002_posts.sql:1:1: error: version 2 is also used by 0002_add_email.sql, which is released [M003]\n"
              "  hint: give it a version of its own: 0003_posts.sql\n"
              "m/0002_add_email.sql:1:1: note: the released one is here\n");
}

TEST_F(Released, ADirectiveCannotChangeHowItRuns) {
    files.write("0002_add_email.sql", "-- varve: no-transaction\nALTER TABLE users ADD email TEXT;\n");
    EXPECT_THAT(files.report(),
                HasSubstr("m/0002_add_email.sql:1:4: error: released migration 2 (add_email) was locked to run with "
                          "`transaction`, and this directive says `no-transaction` [M044]\n"
                          "  -- varve: no-transaction\n"
                          "     ^\n"));
    EXPECT_EQ(files.report_codes(), "M044");
}

TEST_F(Released, RunsAsItsLockLineSaysWithoutTheDirectiveToo) {
    files.write("0003_pace.sql", "-- varve: no-transaction\nCREATE INDEX i ON users (email);\n");
    files.lock();
    files.write("0003_pace.sql", "CREATE INDEX i ON users (email);\n");
    diagnostics found;
    const loaded_history loaded = files.load(found);
    EXPECT_EQ(printed(found), "");
    EXPECT_EQ(loaded.history.migrations[2].up.mode, transaction_mode::no_transaction);
}

TEST_F(Released, ComesBeforeADraftOfALowerVersion) {
    files.write("0005_late.sql", "CREATE TABLE late (id INTEGER);\n");
    files.lock();
    files.write("0004_earlier.sql", "CREATE TABLE earlier (id INTEGER);\n");
    diagnostics found;
    const loaded_history loaded = files.load(found);
    ASSERT_EQ(loaded.history.migrations.size(), 4U);
    EXPECT_EQ(loaded.history.migrations[2].version, 5);
    EXPECT_EQ(loaded.history.migrations[3].version, 4);
    EXPECT_THAT(files.shown(found),
                HasSubstr("m/0004_earlier.sql:1:1: note: draft 4 (earlier) runs after the released 5 (late), although "
                          "its version is lower [M045]\n"
                          "  hint: nothing is wrong: locking appends it at the end of the history\n"));
    files.lock();
    EXPECT_EQ(files.report(), "");
    EXPECT_EQ(files.load(found).history.migrations[3].version, 4);
}

TEST_F(Released, OfCommentsOnlyIsNotTakenForAnotherOne) {
    files.write("0003_nothing.sql", "-- nothing\n");
    files.lock();
    files.remove("0003_nothing.sql");
    files.write("0004_other.sql", "-- nothing either\n");
    EXPECT_THAT(files.report(), HasSubstr("released migration 3 (nothing) has no file"));
}

TEST_F(Released, EachProblemIsReported) {
    files.write("0001_create_users.sql", "CREATE TABLE people (id INTEGER);\n");
    files.write("0001_create_users.down.sql", "DROP TABLE people;\n");
    files.remove("0002_add_email.sql");
    EXPECT_EQ(files.report_codes(), "M041 M040 M037");
}

}  // namespace
}  // namespace varve::generator
