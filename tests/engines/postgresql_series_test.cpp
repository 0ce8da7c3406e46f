#include "postgresql_engine_test.hpp"

#include "support/cutting_proxy.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Counts strings that contain whole transactions.
class PostgresqlSeries : public postgresql_test {
protected:
    /// A ledger, so that it is not created by what is counted.
    void SetUp() override { migrate(*connect(), shop({})); }

    [[nodiscard]] std::size_t strings() const {
        const auto all = logged_statements();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& each) {
            return each.starts_with("BEGIN ISO") || each.find("\nBEGIN ISO") != each.npos;
        }));
    }
    [[nodiscard]] std::string applied() const {
        return ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop' AND state = 'applied'");
    }
    [[nodiscard]] static std::string through(const std::string& uri) { return uri + "&port=6301"; }
    cutting_proxy proxy{server.directory(), 6301};
};

std::vector<std::vector<std::string>> tables(std::size_t count, const std::string& prefix = "t") {
    std::vector<std::vector<std::string>> all;
    for (std::size_t each = 1; each <= count; ++each)
        all.push_back({"CREATE TABLE " + prefix + std::to_string(each) + " (id int)"});
    return all;
}

const options together{.send = sending::together};

TEST_F(PostgresqlSeries, AHundredMigrationsAreSixRoundTrips) {
    log_statements();
    migrate(*connect(), shop(tables(100)), together);
    // is anything pending; the lock; the session's settings; the ledger's rows; the hundred; the lock back
    EXPECT_EQ(logged_statements().size(), 6U);
    EXPECT_EQ(strings(), 1U);
    EXPECT_EQ(ask("SELECT count(DISTINCT xmin::text) FROM varve_ledger WHERE history = 'shop'"), "100")
        << "each is a transaction of its own";
    EXPECT_EQ(check(*connect(), shop(tables(100))), database_state::current);
}

TEST_F(PostgresqlSeries, AServerFarAwayGetsThemTogetherByDefault) {
    proxy.delay_answers(std::chrono::milliseconds(6));
    log_statements();
    postgresql_engine far(through(uri));
    migrate(far, shop(tables(10)));
    EXPECT_EQ(strings(), 1U);
    EXPECT_GE(far.round_trip(), std::chrono::milliseconds(6));
    migrate(far, shop(tables(20)), {.send = sending::one_by_one});
    EXPECT_EQ(strings(), 1U);
    EXPECT_EQ(applied(), "20");
}

TEST_F(PostgresqlSeries, MoreThanTwoHundredStatementsAreSeveralStrings) {
    log_statements();
    auto all = tables(250);
    std::vector<std::string> long_one(300, "SELECT 1");
    all.insert(all.begin() + 120, long_one);
    migrate(*connect(), shop(all), together);
    EXPECT_EQ(strings(), 3U) << "120 of them, then a long one by itself, then 130";
    EXPECT_EQ(applied(), "251");
}

TEST_F(PostgresqlSeries, MoreThanEightMegabytesAreSeveralStrings) {
    log_statements();
    const std::string large = "SELECT length('" + std::string(3U << 20U, 'x') + "')";
    migrate(*connect(), shop({{large}, {large}, {large}, {large}}), together);
    EXPECT_EQ(ask("SELECT count(DISTINCT applied_at) FROM varve_ledger WHERE history = 'shop'"), "4");
    EXPECT_EQ(strings(), 2U);
}

TEST_F(PostgresqlSeries, WhatFailsIsKnownAndWhatWasBeforeItStays) {
    auto all = tables(100);
    all[56] = {"CREATE TABLE t57 (id int)", "SELECT 1", "ALTER TABLE t57 ADD COLUMN id int"};
    const auto failure = failure_of([&] { migrate(*connect(), shop(all), together); });
    EXPECT_EQ(failure.code, error_code::statement_failed);
    EXPECT_EQ(failure.version, 57);
    EXPECT_EQ(failure.file, "migrations/0057_step_57.sql");
    EXPECT_EQ(failure.statement, "ALTER TABLE t57 ADD COLUMN id int");
    EXPECT_EQ(failure.sqlstate, "42701");
    EXPECT_EQ(failure.done, "applied shop 1 to 56");
    EXPECT_EQ(applied(), "56");
    EXPECT_TRUE(has_table("t56"));
    EXPECT_FALSE(has_table("t57"));
    EXPECT_FALSE(has_table("t58"));
    migrate(*connect(), shop(tables(100)), together);
    EXPECT_EQ(applied(), "100");
}

TEST_F(PostgresqlSeries, ACommitThatIsRefusedIsThatOfItsMigration) {
    const auto history = shop({{"CREATE TABLE a (id int PRIMARY KEY)",
                                "CREATE TABLE b (a int REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)"},
                               {"INSERT INTO b VALUES (7)"},
                               {"CREATE TABLE c (id int)"}});
    const auto failure = failure_of([&] { migrate(*connect(), history, together); });
    EXPECT_EQ(failure.sqlstate, "23503");
    EXPECT_EQ(failure.file, "migrations/0002_step_2.sql");
    EXPECT_THAT(failure.message, StartsWith("the transaction could not be committed"));
    EXPECT_EQ(applied(), "1");
    EXPECT_FALSE(has_table("c"));
}

TEST_F(PostgresqlSeries, AScriptThatCommitsIsRefusedBeforeItDoesHarm) {
    const auto failure = failure_of([&] {
        migrate(*connect(), shop({{"SELECT 1"}, {"CREATE TABLE a (id int)", "COMMIT"}}), together);
    });
    EXPECT_EQ(failure.sqlstate, "0A000");
    EXPECT_EQ(failure.statement, "COMMIT");
    EXPECT_FALSE(has_table("a"));
    EXPECT_EQ(applied(), "1");
}

TEST_F(PostgresqlSeries, WhatAScriptSetsIsNotThereForTheNextOne) {
    const auto history = shop({{"CREATE SCHEMA other"},
                               {"SET search_path = other", "SET statement_timeout = '7s'", "CREATE TABLE a (id int)"},
                               {"CREATE TABLE b AS SELECT current_setting('statement_timeout') AS what"}});
    migrate(*connect(), history, together);
    EXPECT_EQ(ask("SELECT schemaname FROM pg_tables WHERE tablename = 'b'"), "public");
    EXPECT_EQ(ask("SELECT what FROM b"), "0");
}

TEST_F(PostgresqlSeries, EachMigrationsTimeIsItsOwn) {
    migrate(*connect(), shop({{"SELECT pg_sleep(0.2)"}, {"SELECT 1"}}), together);
    EXPECT_EQ(ask("SELECT duration_ms >= 200 FROM varve_ledger WHERE history = 'shop' AND version = 1"), "t");
    EXPECT_EQ(ask("SELECT duration_ms < 200 FROM varve_ledger WHERE history = 'shop' AND version = 2"), "t");
}

TEST_F(PostgresqlSeries, WithoutAnonymousBlocksEachGoesByItself) {
    ask("DROP EXTENSION plpgsql");
    migrate(*connect(), shop(tables(5)), together);
    EXPECT_EQ(applied(), "5");
}

TEST_F(PostgresqlSeries, WorksOnABorrowedConnectionAndThroughAPooler) {
    pqxx::connection callers(uri);
    postgresql_engine borrowed(callers);
    migrate(borrowed, shop(tables(5)), together);
    proxy.pretend_to_be_a_pooler();
    postgresql_engine pooled(through(uri));
    migrate(pooled, shop(tables(10)), together);
    EXPECT_EQ(applied(), "10");
}

TEST_F(PostgresqlSeries, AScriptWithoutATransactionIsSentByItself) {
    const test_history history({{.version = 1, .name = "a", .up = {"CREATE TABLE a (id int)"}},
                                {.version = 2, .name = "b", .up = {"CREATE TABLE b (id int)"}},
                                {.version = 3,
                                 .name = "index",
                                 .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                                 .mode = transaction_mode::no_transaction},
                                {.version = 4, .name = "c", .up = {"CREATE TABLE c (id int)"}},
                                {.version = 5, .name = "d", .up = {"CREATE TABLE d (id int)"}}});
    log_statements();
    migrate(*connect(), history, together);
    EXPECT_EQ(strings(), 2U);
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

TEST_F(PostgresqlSeries, ALostAnswerIsFoundInTheLedger) {
    for (const cut where : {cut::before_server, cut::after_answer, cut::at_once}) {
        const std::string prefix = "cut_" + std::to_string(static_cast<int>(where)) + "_";
        const built_history history("run_" + prefix, engine_kind::postgresql, [&] {
            std::vector<migration_text> texts;
            for (auto& up : tables(20, prefix))
                texts.push_back({.version = static_cast<std::int64_t>(texts.size()) + 1, .name = "x", .up = up});
            return texts;
        }());
        postgresql_engine engine(through(uri));
        proxy.cut_next(where, prefix + "1 ");
        try {
            EXPECT_EQ(migrate(engine, history.get(), together).done.size(), 20U);
        } catch (const error& failure) {
            EXPECT_EQ(failure.code(), error_code::connection_failed);
            EXPECT_THAT(failure.what(), HasSubstr("nothing of it was kept"));
        }
        migrate(engine, history.get(), together);
        EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = '" + std::string(history.get().name) + "'"),
                  "20");
    }
    EXPECT_EQ(proxy.cuts(), 3);
}

/// Ten migrations, the sixth of which needs the whole of a table that is there already.
class PostgresqlSeriesInTheWay : public PostgresqlSeries {
protected:
    void SetUp() override {
        PostgresqlSeries::SetUp();
        ask("CREATE TABLE used (id int)");
        reading_.emplace(application_);
        reading_->exec("LOCK TABLE used IN ACCESS SHARE MODE");
        ups_[5] = {"CREATE TABLE t6 (id int)", "ALTER TABLE used ADD x int"};
    }
    void let_go() { reading_.reset(); }
    [[nodiscard]] test_history history() const { return shop(ups_); }
    [[nodiscard]] std::string applied_once() const {
        return ask(
            "SELECT count(*) || ' of ' || count(DISTINCT version) FROM varve_ledger WHERE history = 'shop' AND "
            "state = 'applied'");
    }

    std::vector<std::vector<std::string>> ups_ = tables(10);

private:
    pqxx::connection application_{uri};
    std::optional<pqxx::work> reading_;
};

/// Does something when told of a kind of event.
class reacting : public observer {
public:
    reacting(event_kind kind, std::function<void()> reaction) : kind_(kind), reaction_(std::move(reaction)) {}
    void on_event(const event& what) override {
        if (what.kind != kind_) return;
        versions.push_back(what.version);
        reaction_();
    }
    std::vector<std::int64_t> versions;

private:
    event_kind kind_;
    std::function<void()> reaction_;
};

TEST_F(PostgresqlSeriesInTheWay, ATransactionThatDidNotGetItsTableIsTriedAgainWithThoseBehindIt) {
    reacting observer(event_kind::retried, [&] { let_go(); });
    log_statements();
    migrate(*connect(), history(), {.send = sending::together, .lock_timeout = 60ms, .watch = &observer});
    EXPECT_THAT(observer.versions, ElementsAre(6));
    EXPECT_EQ(applied_once(), "10 of 10");
    EXPECT_EQ(strings(), 2U) << "all ten, then the last five";
    EXPECT_EQ(check(*connect(), history()), database_state::current);
}

TEST_F(PostgresqlSeriesInTheWay, AfterFiveTriesItIsGivenUpAndWhatWasBeforeItStays) {
    const auto failure =
        failure_of([&] { migrate(*connect(), history(), {.send = sending::together, .lock_timeout = 200ms}); });
    EXPECT_EQ(failure.code, error_code::table_locked);
    EXPECT_EQ(failure.version, 6);
    EXPECT_EQ(failure.statement, "ALTER TABLE used ADD x int");
    EXPECT_THAT(failure.message, HasSubstr("tried 5 times"));
    EXPECT_THAT(failure.message, HasSubstr("LOCK TABLE used IN ACCESS SHARE MODE"));
    EXPECT_EQ(failure.done, "applied shop 1 to 5");
    EXPECT_EQ(applied_once(), "5 of 5");
    EXPECT_FALSE(has_table("t6"));
    let_go();
    migrate(*connect(), history(), together);
    EXPECT_EQ(applied_once(), "10 of 10");
}

TEST_F(PostgresqlSeriesInTheWay, StoppedInTheMiddleItKeepsWhatIsCommittedAndTheNextStartGoesOn) {
    std::stop_source asked;
    std::thread stopping([&] {
        while (ask("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'used'::regclass").empty())
            std::this_thread::yield();
        asked.request_stop();
    });
    const auto failure = failure_of([&] {
        migrate(*connect(), history(), {.send = sending::together, .lock_timeout = 0s, .stop = asked.get_token()});
    });
    stopping.join();
    EXPECT_EQ(failure.code, error_code::cancelled);
    EXPECT_EQ(failure.version, 6);
    EXPECT_EQ(failure.done, "applied shop 1 to 5");
    EXPECT_FALSE(has_table("t6"));
    EXPECT_FALSE(has_table("t7"));
    EXPECT_TRUE(connect()->try_lock());
    let_go();
    migrate(*connect(), history(), together);
    EXPECT_EQ(applied_once(), "10 of 10");
}

TEST_F(PostgresqlSeriesInTheWay, AStatementThatTakesTooLongIsThatOfItsMigration) {
    let_go();
    ups_[7] = {"CREATE TABLE t8 (id int)", "SELECT pg_sleep(60)"};
    const auto failure =
        failure_of([&] { migrate(*connect(), history(), {.send = sending::together, .statement_timeout = 200ms}); });
    EXPECT_EQ(failure.sqlstate, "57014");
    EXPECT_EQ(failure.version, 8);
    EXPECT_EQ(failure.statement, "SELECT pg_sleep(60)");
    EXPECT_EQ(failure.done, "applied shop 1 to 7");
    EXPECT_EQ(applied_once(), "7 of 7");
    EXPECT_FALSE(has_table("t8"));
}

}  // namespace
}  // namespace varve::testing
