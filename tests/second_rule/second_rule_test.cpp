#include <support/failing_engine.hpp>
#include <support/temporary_directory.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

#include "one_rule.hpp"
#include "one_rule_and_a_draft.hpp"
#include "two_rules.hpp"
#include "two_rules_all_released.hpp"
#include "two_rules_and_a_draft.hpp"

#include <array>
#include <cstdio>

// Checksum rule 1 is for ever; here a later varve adds a second one. Generators, units and lock file are real ones.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::int64_t draft = 3;

/// A database that programs of several versions use in turn.
class SecondRule : public ::testing::Test {
protected:
    report start(const history& program) const {
        sqlite_engine database(file());
        return migrate(database, program);
    }

    [[nodiscard]] status_report status_by(const history& program) const {
        sqlite_engine database(file());
        return status(database, program);
    }

    /// What a start asks the database, call by call.
    [[nodiscard]] std::vector<std::string> calls_of_a_start(const history& program) const {
        sqlite_engine database(file());
        failing_engine listed(database);
        EXPECT_THAT(migrate(listed, program).done, IsEmpty());
        return listed.calls();
    }

    void expect_nothing_pending(const history& program) const {
        EXPECT_THAT(start(program).done, IsEmpty());
        const status_report now = status_by(program);
        EXPECT_EQ(now.state, database_state::current);
        EXPECT_THAT(now.problems, IsEmpty());
    }

    [[nodiscard]] std::string recorded(std::int64_t version) const {
        sqlite_engine database(file());
        for (const ledger_entry& row : database.read(engine::rows::active).entries) {
            if (row.history == "shop" && row.version == version) return row.checksum;
        }
        return "no row";
    }

    [[nodiscard]] std::string file() const { return (directory_.path() / "shop.db").string(); }
    [[nodiscard]] const temporary_directory& directory() const { return directory_; }

private:
    temporary_directory directory_;
};

struct outcome {
    int exit_code = -1;
    std::string said;
};

outcome run(const std::string& generator, const std::string& command, const std::filesystem::path& migrations) {
    const std::string line = "'" + generator + "' " + command + " --engine sqlite --name shop --directory '" +
                             migrations.string() + "' 2>&1";
    std::FILE* const pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) return {};
    outcome result;
    std::array<char, 4096> block;
    for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe)) > 0;) {
        result.said.append(block.data(), size);
    }
    const int status = pclose(pipe);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

TEST_F(SecondRule, FindsAnOldLockFileCompleteAndLeavesItAlone) {
    const auto copy = directory().path() / "migrations";
    std::filesystem::copy(RELEASED, copy);
    const std::string before = directory().read("migrations/sqlite.lock");
    const outcome checked = run(TWO_RULES, "check --require-locked", copy);
    EXPECT_EQ(checked.exit_code, 0) << checked.said;
    EXPECT_THAT(checked.said, StartsWith("shop: 2 migrations, 2 released, nothing is wrong\n"));
    EXPECT_THAT(run(TWO_RULES, "lock", copy).said, HasSubstr("nothing to do"));
    EXPECT_EQ(directory().read("migrations/sqlite.lock"), before);
}

TEST_F(SecondRule, StillFindsAReleasedMigrationThatWasEdited) {
    const auto copy = directory().path() / "migrations";
    std::filesystem::copy(RELEASED, copy);
    directory().write("migrations/0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    const outcome checked = run(TWO_RULES, "check", copy);
    EXPECT_EQ(checked.exit_code, 1);
    EXPECT_THAT(checked.said, HasSubstr("released migration 1 (users) was edited"));
}

TEST_F(SecondRule, IsEmbeddedBesideTheRuleThatReleasedAMigration) {
    const history& program = two_rules::history;
    EXPECT_THAT(one_rule::history.other_checksums, IsEmpty());
    EXPECT_EQ(program.other_checksums.size(), 4U);  // up and down of two migrations
    for (const other_checksum& other : program.other_checksums) EXPECT_EQ(other.checksum.rule, 2);
    for (std::size_t i = 0; i < program.size(); ++i) {
        EXPECT_EQ(program[i].up().checksum(), one_rule::history[i].up().checksum());
        EXPECT_EQ(program[i].down().checksum(), one_rule::history[i].down().checksum());
        EXPECT_EQ(program[i].mark(), one_rule::history[i].mark());
    }
}

TEST_F(SecondRule, LeavesNothingPendingInAnOldDatabaseAndOneQueryIsEnoughToKnow) {
    start(one_rule::history);
    EXPECT_THAT(calls_of_a_start(two_rules::history), ElementsAre("is_current"));
    expect_nothing_pending(two_rules::history);
    EXPECT_THAT(calls_of_a_start(one_rule::history), ElementsAre("is_current"));
}

TEST_F(SecondRule, LetsARollbackUseTheDownOfTheProgram) {
    start(one_rule::history);
    sqlite_engine database(file());
    const report undone = rollback(database, two_rules::history, rollback_to::last(1));
    ASSERT_EQ(undone.done.size(), 1U);
    EXPECT_EQ(undone.done[0].source, script_source::embedded);
    EXPECT_EQ(start(two_rules::history).done.size(), 1U);
    EXPECT_THAT(recorded(2), StartsWith("1:"));
    expect_nothing_pending(one_rule::history);
}

TEST_F(SecondRule, HashesANewDraftAndItsLineStandsBesideTheOldOnes) {
    start(one_rule::history);
    EXPECT_EQ(start(two_rules_and_a_draft::history).done.size(), 1U);
    EXPECT_THAT(recorded(1), StartsWith("1:"));
    EXPECT_THAT(recorded(draft), StartsWith("2:"));

    const std::string old_lines = temporary_directory().read(RELEASED "/sqlite.lock");
    const std::string lines = temporary_directory().read(ALL_RELEASED "/sqlite.lock");
    EXPECT_THAT(lines, StartsWith(old_lines));
    EXPECT_THAT(lines.substr(old_lines.size()), StartsWith("0003  tags   up " + recorded(draft) + "  down 2:"));
    EXPECT_THAT(calls_of_a_start(two_rules_all_released::history), ElementsAre("is_current"));
    expect_nothing_pending(two_rules_all_released::history);
}

TEST_F(SecondRule, IsRefusedInALockFileByAGeneratorThatDoesNotKnowIt) {
    const outcome refused = run(ONE_RULE, "check", ALL_RELEASED);
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.said, HasSubstr("error: checksum rule 2 is unknown to this version of varve [M032]"));
    EXPECT_THAT(refused.said, HasSubstr("build with the version of varve that locked this migration, or a later one"));
}

TEST_F(SecondRule, IsNothingToAnOldProgramButANewerMigration) {
    start(two_rules_all_released::history);
    expect_nothing_pending(one_rule::history);
    sqlite_engine database(file());
    const report undone = rollback(database, one_rule::history, rollback_to::version(2));
    ASSERT_EQ(undone.done.size(), 1U);
    EXPECT_EQ(undone.done[0].version, draft);
    EXPECT_EQ(undone.done[0].source, script_source::ledger);
    EXPECT_EQ(recorded(draft), "no row");
}

TEST_F(SecondRule, DoesNotMakeADraftLookEditedThatWasAppliedUnderTheFirst) {
    start(one_rule_and_a_draft::history);
    EXPECT_THAT(recorded(draft), StartsWith("1:"));
    for (const history* program : {&two_rules_and_a_draft::history, &two_rules_all_released::history}) {
        EXPECT_EQ((*program)[2].up().checksum().rule, 2);
        expect_nothing_pending(*program);
    }
    EXPECT_THAT(recorded(draft), StartsWith("1:"));

    sqlite_engine database(file());
    const report undone = rollback(database, two_rules_all_released::history, rollback_to::last(1));
    ASSERT_EQ(undone.done.size(), 1U);
    EXPECT_EQ(undone.done[0].source, script_source::embedded);
    start(two_rules_all_released::history);
    EXPECT_THAT(recorded(draft), StartsWith("2:"));
}

TEST_F(SecondRule, IsWhyEveryOtherChecksumIsEmbedded) {
    start(one_rule_and_a_draft::history);
    history without = two_rules_and_a_draft::history;
    without.other_checksums = {};
    const status_report now = status_by(without);
    EXPECT_EQ(now.state, database_state::diverged);
    ASSERT_EQ(now.problems.size(), 1U);
    EXPECT_EQ(now.problems[0].kind, problem_kind::edited_draft);
}

}  // namespace
}  // namespace varve::testing
