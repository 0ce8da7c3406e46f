#include "project.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view lock_file = "migrations/sqlite.lock";

/// A main branch on which `0001_users` is released.
class Branches : public ::testing::Test {
protected:
    Branches() {
        shop.write("0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
        shop.lock();
        shop.commit("users");
    }

    /// Makes a branch from main with one migration, and goes back to main.
    void branch(const std::string& name, std::string_view script) const {
        shop.git("switch --quiet --create " + name);
        shop.write(script, "CREATE TABLE " + name + " (id INTEGER);\n");
        shop.commit(name);
        shop.git("switch --quiet main");
    }

    /// The same, and the branch locks its migration.
    void locked_branch(const std::string& name, std::string_view script) const {
        branch(name, script);
        shop.git("switch --quiet " + name);
        shop.lock();
        shop.commit("lock " + name);
        shop.git("switch --quiet main");
    }

    void release_on_main(std::string_view script, const std::string& table) const {
        shop.write(script, "CREATE TABLE " + table + " (id INTEGER);\n");
        shop.lock();
        shop.commit(table);
    }

    project shop;
};

TEST_F(Branches, OnlyTheirDraftMovesIfBothTookTheSameNumber) {
    branch("tags", "0002_tags.sql");
    release_on_main("0002_posts.sql", "posts");
    shop.git("merge --quiet --no-edit tags");

    const outcome refused = shop.check();
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_EQ(refused.said,
              "migrations/0002_tags.sql:1:1: error: version 2 is also used by 0002_posts.sql, which is released "
              "[M003]\n"
              "  hint: give it a version of its own: 0003_tags.sql\n"
              "migrations/0002_posts.sql:1:1: note: the released one is here\n");

    shop.git("mv migrations/0002_tags.sql migrations/0003_tags.sql");
    EXPECT_EQ(shop.check().exit_code, 0);
    shop.lock();
    EXPECT_EQ(shop.released(), "users posts tags");
}

TEST_F(Branches, TwoDraftsOfTheSameNumberAreSeenBeforeAnythingIsLocked) {
    branch("tags", "0002_tags.sql");
    branch("posts", "0002_posts.sql");
    shop.git("merge --quiet tags");
    shop.git("merge --quiet --no-edit posts");
    EXPECT_THAT(shop.check().said, HasSubstr("error: version 2 is also used by 0002_posts.sql [M003]"));
}

TEST_F(Branches, AnOlderTimestampThatIsMergedLaterIsAppended) {
    branch("tags", "20260105120000_tags.sql");
    release_on_main("20260107093000_posts.sql", "posts");
    shop.git("merge --quiet --no-edit tags");

    const outcome accepted = shop.check();
    EXPECT_EQ(accepted.exit_code, 0);
    EXPECT_THAT(accepted.said, HasSubstr("migrations/20260105120000_tags.sql:1:1: note: draft 20260105120000 (tags) "
                                         "runs after the released 20260107093000 (posts)"));
    shop.lock();
    EXPECT_EQ(shop.released(), "users posts tags");
    EXPECT_THAT(shop.check().said, Not(HasSubstr("note:")));
}

TEST_F(Branches, AConflictInTheLockFileIsResolvedWithTheLinesOfMain) {
    locked_branch("tags", "0003_tags.sql");
    release_on_main("0002_posts.sql", "posts");
    shop.git("switch --quiet tags");
    EXPECT_NE(shop.try_git("merge main").exit_code, 0);
    EXPECT_THAT(shop.git("status --short"), HasSubstr("UU migrations/sqlite.lock"));

    const outcome refused = shop.check();
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.said,
                HasSubstr("migrations/sqlite.lock:3:1: error: the lock file has an unresolved merge conflict [M030]"));
    EXPECT_THAT(refused.said, Not(HasSubstr("[M039]")));

    shop.git("checkout --quiet --theirs migrations/sqlite.lock");
    EXPECT_EQ(shop.check().exit_code, 0);
    EXPECT_EQ(shop.released(), "users posts");
    shop.commit("merge main");
    shop.git("switch --quiet main");
    shop.git("merge --quiet --ff-only tags");
    shop.lock();
    EXPECT_EQ(shop.released(), "users posts tags");
}

TEST_F(Branches, ALockedDraftWhoseNumberIsTakenMovesToo) {
    locked_branch("tags", "0002_tags.sql");
    release_on_main("0002_posts.sql", "posts");
    shop.git("switch --quiet tags");
    EXPECT_NE(shop.try_git("merge main").exit_code, 0);
    shop.git("checkout --quiet --theirs migrations/sqlite.lock");
    EXPECT_THAT(shop.check().said, HasSubstr("hint: give it a version of its own: 0003_tags.sql"));
    shop.git("mv migrations/0002_tags.sql migrations/0003_tags.sql");
    EXPECT_EQ(shop.check().exit_code, 0);
    shop.commit("merge main");
    shop.lock();
    EXPECT_EQ(shop.released(), "users posts tags");
}

TEST_F(Branches, WhileRebasingTheLinesOfMainAreOurs) {
    locked_branch("tags", "0003_tags.sql");
    release_on_main("0002_posts.sql", "posts");
    shop.git("switch --quiet tags");
    EXPECT_NE(shop.try_git("rebase main").exit_code, 0);
    EXPECT_THAT(shop.check().said, HasSubstr("[M030]"));
    shop.git("checkout --quiet --ours migrations/sqlite.lock");
    shop.git("add --all");
    shop.git("rebase --continue");
    EXPECT_EQ(shop.check().exit_code, 0);
    EXPECT_EQ(shop.released(), "users posts");
}

TEST_F(Branches, AMergeThatKeptBothLinesIsSeen) {
    shop.write_file(".gitattributes", "*.lock merge=union\n");
    shop.commit("a merge driver that hides the decision");
    locked_branch("tags", "0002_tags.sql");
    release_on_main("0002_posts.sql", "posts");
    shop.git("merge --quiet --no-edit tags");
    EXPECT_THAT(shop.check().said,
                HasSubstr("migrations/sqlite.lock:4:1: error: version 2 is in the lock file twice [M034]"));
}

TEST_F(Branches, AnEditOfAReleasedMigrationIsFoundAndRestoredAsTheHintSays) {
    shop.write("0001_users.sql", "CREATE TABLE users (id INTEGER, email TEXT);\n");
    shop.commit("a column that was forgotten");
    const outcome refused = shop.check();
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.said,
                HasSubstr("migrations/0001_users.sql:1:1: error: released migration 1 (users) was edited"));
    EXPECT_THAT(refused.said, HasSubstr("\n  + CREATE TABLE users (id INTEGER, email TEXT)\n"));
    EXPECT_THAT(refused.said, HasSubstr("git log -p -- migrations/0001_users.sql shows the edit"));
    EXPECT_THAT(shop.git("log -p -- migrations/0001_users.sql"), HasSubstr("+CREATE TABLE users (id INTEGER, email"));
    shop.git("checkout --quiet HEAD~1 -- migrations/0001_users.sql");
    EXPECT_EQ(shop.check().exit_code, 0);
}

TEST_F(Branches, ARenameAndARemovalOfAReleasedMigrationAreFound) {
    shop.git("mv migrations/0001_users.sql migrations/0001_people.sql");
    EXPECT_THAT(shop.check().said, HasSubstr("released migration 1 (users) was renamed to 0001_people.sql [M038]"));
    shop.git("rm --quiet --force migrations/0001_people.sql");
    EXPECT_THAT(shop.check().said, HasSubstr("migrations/sqlite.lock:2:1: error: released migration 1 (users) has no "
                                             "file: 0001_users.sql is gone [M037]"));
}

TEST_F(Branches, ACheckoutWithWindowsLineEndsChangesNothing) {
    shop.git("config core.autocrlf true");
    shop.git("rm --quiet --cached -r .");
    shop.git("reset --quiet --hard");
    ASSERT_THAT(shop.read("migrations/0001_users.sql"), HasSubstr("\r\n"));
    ASSERT_THAT(shop.read(lock_file), HasSubstr("\r\n"));
    EXPECT_EQ(shop.check().exit_code, 0);
    release_on_main("0002_posts.sql", "posts");
    EXPECT_EQ(shop.git("show --numstat --format= -- migrations/sqlite.lock"), "1\t0\tmigrations/sqlite.lock\n");
}

TEST_F(Branches, LockingAgainChangesNoFile) {
    shop.lock();
    EXPECT_EQ(shop.git("status --short"), "");
}

TEST_F(Branches, LockingAddsLinesAndTouchesNone) {
    release_on_main("0002_a_rather_long_name.sql", "posts");
    EXPECT_EQ(shop.git("show --numstat --format= -- migrations/sqlite.lock"), "1\t0\tmigrations/sqlite.lock\n");
}

TEST_F(Branches, ACorrectedDownChangesOneLine) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    shop.write("0002_posts.down.sql", "DROP TABLE post;\n");
    shop.lock();
    shop.commit("posts");
    shop.write("0002_posts.down.sql", "DROP TABLE posts;\n");

    const outcome refused = shop.check();
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.said, HasSubstr("[M041]"));
    EXPECT_THAT(refused.said, HasSubstr(" --down 2\n"));

    const outcome released = shop.lock_down("2");
    EXPECT_EQ(released.exit_code, 0) << released.said;
    EXPECT_EQ(shop.check().exit_code, 0);
    EXPECT_EQ(shop.git("diff --numstat -- migrations/sqlite.lock"), "1\t1\tmigrations/sqlite.lock\n");
    EXPECT_EQ(shop.git("diff --word-diff=porcelain -U0 -- migrations/sqlite.lock | grep -c '^[-+]1:'"), "2\n");
}

TEST_F(Branches, TakingBackTheCommitThatReleasedRemovesFileAndLine) {
    release_on_main("0002_posts.sql", "posts");
    shop.git("revert --no-edit HEAD");
    EXPECT_EQ(shop.check().exit_code, 0);
    EXPECT_EQ(shop.released(), "users");
}

TEST_F(Branches, TakingBackALockThatWasTooEarlyMakesADraftAgain) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    shop.lock();
    shop.git("restore migrations/sqlite.lock");
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER, title TEXT);\n");
    const outcome accepted = shop.check();
    EXPECT_EQ(accepted.exit_code, 0);
    EXPECT_THAT(accepted.said, HasSubstr("1 migration is a draft"));
}

TEST_F(Branches, ACherryPickedMigrationIsTheSameOnBothBranches) {
    shop.git("branch stable");
    release_on_main("0002_posts.sql", "posts");
    shop.git("switch --quiet stable");
    shop.git("cherry-pick main");
    shop.git("switch --quiet main");
    shop.git("merge --quiet --no-edit stable");
    EXPECT_EQ(shop.check().exit_code, 0);
    EXPECT_EQ(shop.released(), "users posts");
}

}  // namespace
}  // namespace varve::testing
