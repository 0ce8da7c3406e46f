#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <generator/lock/lock_scenario.hpp>
#include <lock/kept_scripts.hpp>
#include <lock/program_output.hpp>
#include <lock/released_text.hpp>

#include <chrono>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::optional<std::string> run(const std::vector<std::string>& words, int milliseconds = 60'000) {
    return program_output(words, std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds));
}

/// A released migration that somebody edits.
class ReleasedText : public ::testing::Test {
protected:
    ReleasedText() {
        files.write("0001_users.sql", locked);
        files.write("0001_users.down.sql", "DROP TABLE users;\n");
        files.lock();
    }

    /// What a build that was good kept.
    void keep() {
        diagnostics found;
        kept = print_kept_scripts(files.load(found).history);
        write_kept(kept);
    }
    void write_kept(std::string_view bytes) {
        files.write(".kept", bytes);
        files.request.kept_scripts = files.request.directory / ".kept";
    }

    void git(std::vector<std::string> words) const {
        words.insert(words.begin(), {"git", "-C", files.request.directory.string(), "-c", "user.name=t", "-c",
                                     "user.email=t@example.org", "-c", "commit.gpgsign=false"});
        ASSERT_TRUE(run(words)) << words[9];
    }
    void commit() const {
        git({"add", "-A"});
        git({"commit", "-q", "-m", "x"});
    }

    const std::string locked = "CREATE TABLE users (id INTEGER);\nCREATE INDEX i ON users (id);\n";
    const std::string edited = "CREATE TABLE users (id INTEGER);\nCREATE INDEX i ON users (name);\n";
    const std::string shown =
        "m/0001_users.sql:2:1: error: released migration 1 (users) was edited: its statements are not those that were "
        "locked [M040]\n"
        "  CREATE INDEX i ON users (name);\n"
        "  ^\n"
        "  - CREATE INDEX i ON users (id)\n"
        "  + CREATE INDEX i ON users (name)\n"
        "  hint: restore";
    lock_scenario files;
    std::string kept;
};

TEST_F(ReleasedText, OfTheLastGoodBuildIsShown) {
    keep();
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr(shown));
}

TEST_F(ReleasedText, OfADownIsShownToo) {
    keep();
    files.write("0001_users.down.sql", "-- better\nDROP TABLE IF EXISTS users;\n");
    EXPECT_THAT(files.report(), HasSubstr("m/0001_users.down.sql:2:1: error: the down script of released migration 1 "
                                          "(users) was edited [M041]\n"
                                          "  DROP TABLE IF EXISTS users;\n"
                                          "  ^\n"
                                          "  - DROP TABLE users\n"
                                          "  + DROP TABLE IF EXISTS users\n"));
}

TEST_F(ReleasedText, ThatIsUnknownIsSaidByItsChecksums) {
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr("m/0001_users.sql:1:1: error: "));
    EXPECT_THAT(files.report(), HasSubstr("\n  - checksum 1:"));
    EXPECT_THAT(files.report(), HasSubstr("\n  + checksum 1:"));
}

TEST_F(ReleasedText, OfAnotherChecksumIsNeverShown) {
    keep();
    const std::string key = kept.substr(kept.find("1:"), 66);
    write_kept("varve-kept 1\n" + key + " 10\nSELECT 1;\n\n");
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr("\n  - checksum " + key));
    EXPECT_THAT(files.report(), Not(HasSubstr("SELECT 1")));
}

TEST_F(ReleasedText, OfADamagedFileIsAsIfThereWereNone) {
    keep();
    files.write("0001_users.sql", edited);
    for (std::size_t size = 0; size < kept.find("DROP"); size += 7) {
        write_kept(std::string_view(kept).substr(0, size));
        EXPECT_EQ(files.report_codes(), "M040") << size;
    }
    for (const char* bytes : {"varve-kept 2\n", "varve-kept 1\n1:0 99999999999999999999999\n", "varve-kept 1\n\n \n",
                              "varve-kept 1\n1:0 -1\n\n", "varve-kept 1\n1:0 0\n"}) {
        write_kept(bytes);
        EXPECT_EQ(files.report_codes(), "M040") << bytes;
    }
}

TEST_F(ReleasedText, IsFoundByItsChecksum) {
    keep();
    diagnostics found;
    const loaded_history loaded = files.load(found);
    EXPECT_THAT(find_kept_scripts(kept, loaded.lock.entries.at(0).up), ::testing::ElementsAre(locked));
    EXPECT_THAT(find_kept_scripts(kept, *loaded.lock.entries.at(0).down),
                ::testing::ElementsAre("DROP TABLE users;\n"));
    EXPECT_THAT(find_kept_scripts(kept, checksum{}), ::testing::IsEmpty());
}

TEST_F(ReleasedText, IsKnownAlsoIfItWasADraftInTheLastBuild) {
    files.write("0002_draft.sql", "SELECT 'draft';\n");
    keep();
    files.lock();
    files.write("0002_draft.sql", "SELECT 'edited';\n");
    EXPECT_THAT(files.report(), HasSubstr("\n  - SELECT 'draft'\n  + SELECT 'edited'\n"));
}

TEST_F(ReleasedText, OfTheLastCommitIsShown) {
    git({"init", "-q"});
    commit();
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr(shown));
}

TEST_F(ReleasedText, OfAnOlderCommitIsShownIfTheEditWasCommitted) {
    git({"init", "-q"});
    commit();
    files.write("0001_users.sql", "SELECT 1;\n");
    commit();
    files.write("0001_users.sql", edited);
    commit();
    EXPECT_THAT(files.report(), HasSubstr(shown));
}

TEST_F(ReleasedText, ThatWasNeverCommittedIsUnknown) {
    git({"init", "-q"});
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr("\n  - checksum 1:"));
    commit();
    EXPECT_THAT(files.report(), HasSubstr("\n  - checksum 1:"));
}

TEST_F(ReleasedText, CheckedOutWithWindowsLineEndsIsTheSame) {
    git({"init", "-q"});
    files.write("0001_users.sql", "CREATE TABLE users (id INTEGER);\r\nCREATE INDEX i ON users (id);\r\n");
    commit();
    files.write("0001_users.sql", edited);
    EXPECT_THAT(files.report(), HasSubstr(shown));
}

TEST(ProgramOutput, IsWhatAProgramWrites) {
    EXPECT_EQ(run({"printf", "%s-%s", "a b", "$HOME;'\""}), "a b-$HOME;'\"");
    EXPECT_EQ(run({"cat"}), "") << "standard input is empty";
}

TEST(ProgramOutput, OfAProgramThatFailsOrIsNotThereIsNothing) {
    EXPECT_EQ(run({"sh", "-c", "echo some; exit 3"}), std::nullopt);
    EXPECT_EQ(run({"sh", "-c", "kill -9 $$"}), std::nullopt);
    EXPECT_EQ(run({"varve-has-no-such-program"}), std::nullopt);
    EXPECT_EQ(run({}), std::nullopt);
}

TEST(ProgramOutput, OfAProgramThatDoesNotEndIsNothing) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(run({"sh", "-c", "echo some; exec tail -f /dev/null"}, 50), std::nullopt);
    EXPECT_EQ(run({"printf", "x"}, -1), std::nullopt);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace varve::generator
