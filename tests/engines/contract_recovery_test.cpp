#include "operations.hpp"

#include <support/failing_engine.hpp>

#include <gmock/gmock.h>

#include <latch>
#include <thread>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> one_by_one_events = {"started 1",           "statement_begun 1.1", "statement_ended 1.1",
                                                    "committed 1",         "started 2",           "statement_begun 2.1",
                                                    "statement_ended 2.1", "committed 2"};

}  // namespace

TEST_P(engine_contract, TellsAnObserverTheSameOnEveryEngine) {
    const auto shop = history_for(*db, "shop", {table(1), table(2)});
    recorded_events seen;
    options how = one_by_one();
    how.watch = &seen;
    (void)migrate(*db, shop.get(), how);
    EXPECT_EQ(seen.lines(), one_by_one_events);
}

TEST_P(engine_contract, TellsAnObserverThatABatchIsCommittedTogether) {
    const auto shop = history_for(*db, "shop", {table(1), table(2)});
    recorded_events seen;
    options how = by_ann();
    how.transactions = grouping::all;
    how.watch = &seen;
    (void)migrate(*db, shop.get(), how);
    EXPECT_THAT(seen.lines(), ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "started 2",
                                          "statement_begun 2.1", "statement_ended 2.1", "committed 1", "committed 2"));
}

TEST_P(engine_contract, TellsAnObserverOfAFailureAndOfWhatIsReverted) {
    migration_text bad = table(2);
    bad.up = {"CREATE TABLE half (id integer)", database->refused().sql};
    const auto shop = history_for(*db, "shop", {table(1), bad});
    recorded_events seen;
    options how = one_by_one();
    how.watch = &seen;
    EXPECT_THROW((void)migrate(*db, shop.get(), how), error);
    EXPECT_THAT(seen.lines(),
                ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "committed 1", "started 2",
                            "statement_begun 2.1", "statement_ended 2.1", "statement_begun 2.2", "failed 2"));
    recorded_events reverting;
    how.watch = &reverting;
    (void)rollback(*db, shop.get(), rollback_to::base(), how);
    EXPECT_THAT(reverting.lines(),
                ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "reverted 1"));
}

TEST_P(engine_contract, TellsAnObserverTheSameOfStatementsByThemselves) {
    const auto shop = history_for(*db, "shop", {alone(1)});
    recorded_events seen;
    options how = by_ann();
    how.watch = &seen;
    (void)migrate(*db, shop.get(), how);
    EXPECT_THAT(seen.lines(),
                ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "statement_begun 1.2",
                            "statement_ended 1.2", "statement_begun 1.3", "statement_ended 1.3", "committed 1"));
}

TEST_P(engine_contract, IsNotCorruptedByAnObserverThatThrows) {
    const auto shop = history_for(*db, "shop", {table(1), alone(2), table(3)});
    std::size_t limit = 1;
    for (;; ++limit) {
        recorded_events giving_up(limit);
        options how = one_by_one();
        how.watch = &giving_up;
        try {
            (void)migrate(*db, shop.get(), how);
            break;
        } catch (const std::runtime_error& thrown) {
            EXPECT_STREQ(thrown.what(), "the observer gave up") << limit;
        }
        const auto next_process = database->connect();
        (void)migrate(*next_process, shop.get(), by_ann());
        EXPECT_EQ(check(*next_process, shop.get()), database_state::current) << limit;
        (void)rollback(*next_process, shop.get(), rollback_to::base(), by_ann());
        EXPECT_FALSE(database->has_table("t1") || database->has_table("t2a") || database->has_table("t3")) << limit;
    }
    EXPECT_EQ(limit, 4 + 8 + 4 + 1U) << "it threw at every event";
}

TEST_P(engine_contract, GoesOnAfterTheStatementsOfAScriptThatAreDone) {
    const auto shop = history_for(*db, "shop", {alone(1)});
    create_ledger(*db);
    ASSERT_EQ(perform(*db, revision(), {running({"CREATE TABLE t1b (id integer)"})}), outcome::done);
    const auto why = refusal_of([&] { (void)migrate(*db, shop.get(), by_ann()); });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.line, 2U);
    EXPECT_THAT(why.done, ::testing::HasSubstr("1 of 3 statements, which stay"));
    EXPECT_TRUE(database->has_table("t1a"));
    EXPECT_FALSE(database->has_table("t1c"));
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 running"));
    EXPECT_EQ(check(*db, shop.get()), database_state::pending);

    ASSERT_EQ(perform(*db, revision(), {running({"DROP TABLE t1b"})}), outcome::done);
    recorded_events seen;
    options how = by_ann();
    how.watch = &seen;
    (void)migrate(*db, shop.get(), how);
    EXPECT_THAT(seen.lines(), ElementsAre("started 1", "statement_begun 1.2", "statement_ended 1.2",
                                          "statement_begun 1.3", "statement_ended 1.3", "committed 1"));
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
}

TEST_P(engine_contract, RevertsAScriptThatRunsWithoutATransaction) {
    const auto shop = history_for(*db, "shop", {alone(1)});
    (void)migrate(*db, shop.get());
    EXPECT_THAT(words(rollback(*db, shop.get(), rollback_to::base()).done), ElementsAre("revert 1"));
    EXPECT_FALSE(database->has_table("t1a") || database->has_table("t1b") || database->has_table("t1c"));
    EXPECT_THAT(active_rows(*db), IsEmpty());
}

TEST_P(engine_contract, ContinuesWhicheverCallWasLost) {
    for (const auto when : {fault::moment::before, fault::moment::after}) {
        bool lost = true;
        for (std::size_t call = 1; lost; ++call) {
            SCOPED_TRACE(call);
            const auto shop = history_for(*db, "shop", {table(1), table(2), table(3)});
            failing_engine losing(*db, {.call = call, .when = when});
            try {
                (void)migrate(losing, shop.get(), one_by_one());
            } catch (const error& failure) {
                EXPECT_TRUE(failure.code() == error_code::connection_failed || failure.code() == error_code::in_doubt)
                    << failure.what();
            }
            lost = losing.has_failed();
            db->unlock();
            const auto next_process = database->connect();
            (void)migrate(*next_process, shop.get(), by_ann());
            EXPECT_EQ(check(*next_process, shop.get()), database_state::current);
            EXPECT_THAT(active_rows(*next_process), ElementsAre("shop 1 applied", "shop 2 applied", "shop 3 applied"));
            (void)rollback(*next_process, shop.get(), rollback_to::base(), by_ann());
        }
    }
}

TEST_P(engine_contract, AppliesEachMigrationOnceWhenManyStartAtOnce) {
    constexpr int starters = 8;
    const auto shop = history_for(*db, "shop", {table(1), table(2), table(3)});
    std::vector<std::unique_ptr<engine>> engines;
    for (int each = 0; each < starters; ++each) engines.push_back(database->connect());
    std::latch ready(starters);
    std::vector<std::size_t> applied(starters);
    std::vector<std::string> trouble(starters);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < starters; ++each) {
        threads.emplace_back([&, each] {
            ready.arrive_and_wait();
            try {
                applied[each] = migrate(*engines[each], shop.get()).done.size();
            } catch (const std::exception& thrown) {
                trouble[each] = thrown.what();
            }
        });
    }
    for (auto& each : threads) each.join();
    EXPECT_THAT(trouble, ::testing::Each(""));
    std::size_t all = 0;
    for (const std::size_t each : applied) all += each;
    EXPECT_EQ(all, 3U);
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied", "shop 2 applied", "shop 3 applied"));
}

}  // namespace varve::testing
