#include "postgresql_engine_test.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Everything in one transaction, because it was asked for.
class PostgresqlAllOrNothing : public postgresql_test {
protected:
    /// Creates `name`, and drops it again.
    static migration_text table(std::int64_t version) {
        const std::string name = "t" + std::to_string(version);
        return {.version = version,
                .name = name,
                .up = {"CREATE TABLE " + name + " (id int)"},
                .down = {"DROP TABLE " + name}};
    }
    [[nodiscard]] std::string active() const {
        return ask(
            "SELECT version || ' ' || state FROM varve_ledger WHERE history = 'shop' AND slot IS NOT NULL ORDER "
            "BY version");
    }
    [[nodiscard]] std::string tables() const {
        return ask("SELECT tablename FROM pg_tables WHERE tablename ~ '^t[0-9]' ORDER BY 1");
    }
};

const options all{.transactions = grouping::all};

std::vector<std::string> kinds(const std::vector<problem>& problems) {
    std::vector<std::string> result;
    for (const problem& each : problems)
        result.push_back(std::string(to_string(each.kind)) + " " + std::to_string(each.version));
    return result;
}

TEST_F(PostgresqlAllOrNothing, AFailureInTheMiddleLeavesNothing) {
    std::vector<migration_text> migrations{table(1), table(2), table(3)};
    migrations[1].up.emplace_back("SELECT 1/0");
    const auto failure = failure_of([&] { migrate(*connect(), test_history(migrations), all); });
    EXPECT_EQ(failure.version, 2);
    EXPECT_EQ(failure.statement, "SELECT 1/0");
    EXPECT_EQ(failure.done, "");
    EXPECT_THAT(failure.undone, HasSubstr("1"));
    EXPECT_EQ(active(), "");
    EXPECT_EQ(tables(), "");
    migrate(*connect(), test_history({table(1), table(2), table(3)}), all);
    EXPECT_EQ(tables(), "t1,t2,t3");
    EXPECT_EQ(ask("SELECT count(DISTINCT xmin::text) FROM varve_ledger WHERE history = 'shop'"), "1");
}

TEST_F(PostgresqlAllOrNothing, ALongPlanThatFailsAtItsEndLeavesNothingEither) {
    std::vector<migration_text> migrations;
    for (std::int64_t version = 1; version <= 250; ++version) migrations.push_back(table(version));
    migrations.back().up.emplace_back("SELECT 1/0");
    EXPECT_EQ(failure_of([&] { migrate(*connect(), test_history(migrations), all); }).version, 250);
    EXPECT_EQ(active(), "");
    EXPECT_EQ(tables(), "");
}

TEST_F(PostgresqlAllOrNothing, ADownThatFailsLeavesEverythingApplied) {
    std::vector<migration_text> migrations{table(1), table(2), table(3)};
    migrations[0].down = {"DROP TABLE t1", "DROP TABLE t1"};
    const test_history history(migrations);
    migrate(*connect(), history);
    const auto failure = failure_of([&] { rollback(*connect(), history, rollback_to::base(), all); });
    EXPECT_EQ(failure.version, 1);
    EXPECT_EQ(failure.sqlstate, "42P01");
    EXPECT_EQ(failure.done, "");
    EXPECT_EQ(active(), "1 applied,2 applied,3 applied");
    EXPECT_EQ(tables(), "t1,t2,t3");
    rollback(*connect(), history, rollback_to::version(1), all);
    EXPECT_EQ(tables(), "t1");
    EXPECT_EQ(ask("SELECT count(DISTINCT xmin::text) FROM varve_ledger WHERE state = 'reverted'"), "1");
}

TEST_F(PostgresqlAllOrNothing, ARedoThatFailsLeavesWhatWasThere) {
    std::vector<migration_text> migrations{table(1), table(2), table(3)};
    for (migration_text& each : migrations) each.released = false;
    migrate(*connect(), test_history(migrations));
    migrations[2].up = {"CREATE TABLE t3 (id int, other int)", "SELECT 1/0"};
    const auto failure = failure_of([&] { redo(*connect(), test_history(migrations), 2, all); });
    EXPECT_EQ(failure.version, 3);
    EXPECT_EQ(active(), "1 applied,2 applied,3 applied");
    EXPECT_EQ(ask("SELECT count(*) FROM information_schema.columns WHERE table_name = 't3'"), "1");
    migrations[2].up.pop_back();
    EXPECT_EQ(redo(*connect(), test_history(migrations), 2, all).done.size(), 4U);
    EXPECT_EQ(ask("SELECT count(*) FROM information_schema.columns WHERE table_name = 't3'"), "2");
    EXPECT_EQ(check(*connect(), test_history(migrations)), database_state::current);
}

TEST_F(PostgresqlAllOrNothing, WhatCannotBeInItIsAProblemOfThePlan) {
    migration_text index{.version = 4,
                         .name = "index",
                         .up = {"CREATE INDEX CONCURRENTLY t1_id ON t1 (id)"},
                         .down = {"DROP INDEX CONCURRENTLY t1_id"},
                         .mode = transaction_mode::no_transaction};
    const test_history history({table(1), table(2), table(3), index});
    EXPECT_THAT(kinds(failure_of([&] { migrate(*connect(), history, all); }).problems), ElementsAre("mixed_batch 4"));
    EXPECT_EQ(tables(), "");
    migrate(*connect(), test_history({table(1), table(2), table(3)}), all);
    EXPECT_THAT(kinds(failure_of([&] { migrate(*connect(), history, all); }).problems), ElementsAre("mixed_batch 4"))
        << "also by itself";
    migrate(*connect(), history);
    EXPECT_THAT(kinds(failure_of([&] { rollback(*connect(), history, rollback_to::last(2), all); }).problems),
                ElementsAre("mixed_batch 4"));
    EXPECT_THAT(kinds(failure_of([&] { redo(*connect(), history, 4, all); }).problems),
                ElementsAre("mixed_batch 4", "mixed_batch 4"));
    EXPECT_EQ(active(), "1 applied,2 applied,3 applied,4 applied");
}

}  // namespace
}  // namespace varve::testing
