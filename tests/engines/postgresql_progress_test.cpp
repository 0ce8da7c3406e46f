#include "postgresql_engine_test.hpp"

#include <varve/server_progress.hpp>

#include <pqxx/pqxx>

#include <functional>
#include <thread>

namespace varve::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Writes down what it is told, and does something at the first progress.
class recorder : public observer {
public:
    explicit recorder(std::function<void()> at_progress = {}) : at_progress_(std::move(at_progress)) {}
    void on_event(const event& told) override {
        threads_are_the_same = threads_are_the_same && std::this_thread::get_id() == thread_;
        std::string line = std::string(to_string(told.kind)) + " " + std::to_string(told.version);
        if (told.statement != 0) line += "." + std::to_string(told.statement);
        if (told.kind == event_kind::progressed) {
            line += " " + std::string(told.phase) + " of " + std::string(told.relation);
            if (!std::exchange(was_told_, true)) {
                first_total = told.total;
                unit = told.unit;
                if (at_progress_) at_progress_();
            }
            if (told.phase.starts_with(phase_) && !phase_.empty() && at.total == 0) {
                at = {.unit = std::string(told.unit), .done = told.done, .total = told.total};
                std::exchange(at_phase_, [] {})();
            }
            if (!lines.empty() && line == lines.back()) return;
        }
        lines.push_back(line);
    }
    /// What is done when a phase is told of for the first time, and what was said then.
    void at_phase(std::string phase, std::function<void()> what) {
        phase_ = std::move(phase);
        at_phase_ = std::move(what);
    }
    struct said {
        std::string unit{};
        std::int64_t done = 0;
        std::int64_t total = 0;
    } at{};
    std::vector<std::string> lines{};
    std::int64_t first_total = 0;
    std::string unit{};
    bool threads_are_the_same = true;

private:
    std::thread::id thread_ = std::this_thread::get_id();
    std::function<void()> at_progress_;
    std::string phase_{};
    std::function<void()> at_phase_{[] {}};
    bool was_told_ = false;
};

/// An index that is not finished before the test lets it: its expression waits for a lock that the test has.
class PostgresqlProgress : public postgresql_test {
protected:
    static constexpr auto at_once =
        progress_intervals{.after = std::chrono::milliseconds{1}, .every = std::chrono::milliseconds{5}};

    void SetUp() override {
        ask("CREATE FUNCTION gate(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN "
            "PERFORM pg_advisory_lock_shared(7); PERFORM pg_advisory_unlock_shared(7); RETURN $1; END$$");
        ask("CREATE TABLE orders (id int)");
        ask("INSERT INTO orders SELECT generate_series(1, 1000)");
        close_gate();
    }

    void close_gate() { run_on_gate("SELECT pg_advisory_lock(7)"); }
    void open_gate() { run_on_gate("SELECT pg_advisory_unlock(7)"); }
    [[nodiscard]] std::string backends_at_work() const {
        return ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND "
            "pid <> pg_backend_pid()");
    }

    static inline const std::string long_work = "CREATE INDEX orders_gate ON orders (gate(id))";

private:
    void run_on_gate(const std::string& sql) {
        pqxx::nontransaction session(gate_);
        session.exec(sql);
    }
    pqxx::connection gate_{uri};
};

// Also where a busy machine answers as slowly as one far away.
options watched(observer& by) { return {.send = sending::one_by_one, .watch = &by}; }

TEST_F(PostgresqlProgress, IsToldWhileATransactionOfOneStringRuns) {
    recorder told([this] { open_gate(); });
    migrate(*connect({.watch = server_progress(at_once)}), shop({{long_work}}), watched(told));
    EXPECT_THAT(told.lines, ElementsAre("started 1", StartsWith("progressed 1.1 building index: scanning table of "),
                                        "statement_begun 1.1", "statement_ended 1.1", "committed 1"));
    EXPECT_THAT(told.lines[1], HasSubstr(" of orders"));
    EXPECT_GT(told.first_total, 0);
    EXPECT_EQ(told.unit, "blocks");
    EXPECT_TRUE(told.threads_are_the_same);
}

TEST_F(PostgresqlProgress, NamesTheStepButNoStatementIfTheStringHasSeveral) {
    recorder told([this] { open_gate(); });
    migrate(*connect({.watch = server_progress(at_once)}), shop({{"SELECT 1"}, {"SELECT 2", long_work}}),
            watched(told));
    EXPECT_THAT(told.lines, Contains(StartsWith("progressed 2 building index")));
}

TEST_F(PostgresqlProgress, NamesNoStepIfTheStringHasSeveral) {
    recorder told([this] { open_gate(); });
    options how = watched(told);
    how.transactions = grouping::all;
    migrate(*connect({.watch = server_progress(at_once)}), shop({{"SELECT 1"}, {long_work}}), how);
    EXPECT_THAT(told.lines.front(), StartsWith("progressed 0 building index"));
    EXPECT_EQ(told.lines.back(), "committed 2");
}

TEST_F(PostgresqlProgress, IsToldAboutTransactionsThatAreSentTogether) {
    recorder told([this] { open_gate(); });
    options how = watched(told);
    how.send = sending::together;
    migrate(*connect({.watch = server_progress(at_once)}), shop({{"SELECT 1"}, {long_work}}), how);
    EXPECT_THAT(told.lines.front(), StartsWith("progressed 0 building index"));
    EXPECT_EQ(told.lines.back(), "committed 2");
}

TEST_F(PostgresqlProgress, KeepsWhatWasCommittedIfTheObserverStopsTransactionsThatAreSentTogether) {
    recorder told([] { throw std::runtime_error("enough"); });
    options how = watched(told);
    how.send = sending::together;
    const auto history = shop({{"SELECT 1"}, {long_work}, {"SELECT 3"}});
    const auto engine = connect({.watch = server_progress(at_once)});
    EXPECT_THROW(migrate(*engine, history, how), std::runtime_error);
    EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop' AND state = 'applied'"), "1");
    EXPECT_EQ(backends_at_work(), "0");
    open_gate();
    EXPECT_EQ(migrate(*engine, history).done.size(), 2U);
}

TEST_F(PostgresqlProgress, NamesTheStatementOfAScriptWithoutATransaction) {
    recorder told([this] { open_gate(); });
    const migration_text alone{
        .version = 1, .name = "alone", .up = {"SELECT 1", long_work}, .mode = transaction_mode::no_transaction};
    const built_history shop("shop", engine_kind::postgresql, std::vector{alone});
    migrate(*connect({.watch = server_progress(at_once)}), shop.get(), watched(told));
    EXPECT_THAT(told.lines, Contains(AllOf(StartsWith("progressed 1.2 "), HasSubstr(" of orders"))));
    EXPECT_TRUE(told.threads_are_the_same);
}

TEST_F(PostgresqlProgress, IsToldAboutAStatementAmongTooManyForOneString) {
    recorder told([this] { open_gate(); });
    std::vector<std::string> many(300, "SELECT 1");
    many.push_back(long_work);
    migrate(*connect({.watch = server_progress(at_once)}), shop({many}), watched(told));
    EXPECT_THAT(told.lines, Contains(StartsWith("progressed 1 building index")));
}

TEST_F(PostgresqlProgress, StopsTheStatementIfTheObserverThrows) {
    recorder told([] { throw std::runtime_error("enough"); });
    const auto engine = connect({.watch = server_progress(at_once)});
    EXPECT_THROW(migrate(*engine, shop({{long_work}}), watched(told)), std::runtime_error);
    EXPECT_EQ(backends_at_work(), "0");
    EXPECT_EQ(ask("SELECT count(*) FROM pg_class WHERE relname = 'orders_gate'"), "0");
    open_gate();
    migrate(*engine, shop({{long_work}}));
    EXPECT_EQ(check(*connect(), shop({{long_work}})), database_state::current);
}

TEST_F(PostgresqlProgress, OnABorrowedConnectionComesThroughAnotherOne) {
    pqxx::connection callers(uri);
    recorder told([this] { open_gate(); });
    postgresql_engine engine(callers, {.reconnect = [this] { return std::make_unique<pqxx::connection>(uri); },
                                       .watch = server_progress(at_once)});
    migrate(engine, shop({{long_work}}), watched(told));
    EXPECT_THAT(told.lines, Contains(StartsWith("progressed 1.1 ")));
}

TEST_F(PostgresqlProgress, IsNotWorthAMigration) {
    open_gate();
    const auto without = [] { return std::unique_ptr<pqxx::connection>(); };
    const auto failing = [this] { return std::make_unique<pqxx::connection>(uri + "&dbname=not_there"); };
    const std::function<std::unique_ptr<pqxx::connection>()> makers[] = {nullptr, without, failing};
    int version = 0;
    std::vector<std::vector<std::string>> ups;
    for (const auto& maker : makers) {
        pqxx::connection callers(uri);
        recorder told;
        postgresql_engine engine(
            callers, {.reconnect = maker, .watch = server_progress({.after = std::chrono::milliseconds{0}})});
        ups.push_back({"CREATE INDEX ON orders (gate(id))"});
        migrate(engine, shop(ups), watched(told));
        EXPECT_EQ(told.lines.back(), "committed " + std::to_string(++version));
        EXPECT_THAT(told.lines, Not(Contains(StartsWith("progressed"))));
    }
}

TEST_F(PostgresqlProgress, TheErrorOfAWatchedStatementIsTheSame) {
    const auto history = shop({{"SELECT 1 / 0"}});
    recorder told;
    const auto seen =
        failure_of([&] { migrate(*connect({.watch = server_progress(at_once)}), history, watched(told)); });
    const auto unseen = failure_of([&] { migrate(*connect(), history); });
    EXPECT_EQ(seen.message, unseen.message);
    EXPECT_EQ(seen.sqlstate, "22012");
}

/// `orders` has an index that cannot be built, or looked at, before the test opens the gate.
class PostgresqlProgressViews : public PostgresqlProgress {
protected:
    void SetUp() override {
        PostgresqlProgress::SetUp();
        open_gate();
        ask("ALTER TABLE orders ADD PRIMARY KEY (id)");
        ask(long_work);
        pages_ = std::stoll(ask("SELECT pg_relation_size('orders') / current_setting('block_size')::int"));
        close_gate();
    }
    /// What is told about one statement; the gate is opened when `phase` was told.
    recorder told_about(const std::string& sql, const std::string& phase,
                        transaction_mode mode = transaction_mode::transaction) {
        recorder told;
        told.at_phase(phase, [this] { open_gate(); });
        const migration_text one{.version = 1, .name = "one", .up = {sql}, .mode = mode};
        const built_history shop("shop", engine_kind::postgresql, std::vector{one});
        migrate(*connect({.watch = server_progress(at_once)}), shop.get(), watched(told));
        return told;
    }
    std::int64_t pages_ = 0;
};

TEST_F(PostgresqlProgressViews, KnowATableThatIsWrittenAnew) {
    const auto told = told_about("VACUUM FULL orders", "rebuilding index", transaction_mode::no_transaction);
    EXPECT_THAT(told.lines, Contains("progressed 1.1 rebuilding index of orders"));
    EXPECT_EQ(told.at.unit, "blocks");
    EXPECT_EQ(told.at.done, pages_);
    EXPECT_EQ(told.at.total, pages_);
}

TEST_F(PostgresqlProgressViews, KnowATableThatIsClustered) {
    const auto told = told_about("CLUSTER orders USING orders_pkey", "rebuilding index");
    EXPECT_THAT(told.lines, Contains("progressed 1.1 rebuilding index of orders"));
    EXPECT_EQ(told.at.unit, "blocks");
}

TEST_F(PostgresqlProgressViews, KnowATableThatIsAnalyzed) {
    const auto told = told_about("ANALYZE orders", "computing statistics");
    EXPECT_THAT(told.lines, Contains("progressed 1.1 computing statistics of orders"));
    EXPECT_EQ(told.at.unit, "blocks");
    EXPECT_EQ(told.at.done, pages_);
    EXPECT_EQ(told.at.total, pages_);
}

// It has to freeze the rows of a page that a cursor has in its hand.
TEST_F(PostgresqlProgressViews, KnowATableThatIsVacuumed) {
    open_gate();
    pqxx::connection application(uri);
    pqxx::work reading(application);
    reading.exec("DECLARE hand CURSOR FOR SELECT * FROM orders");
    reading.exec("FETCH 1 FROM hand");
    recorder told;
    told.at_phase("scanning heap", [&] { reading.exec("CLOSE hand"); });
    const migration_text one{.version = 1,
                             .name = "one",
                             .up = {"VACUUM (FREEZE, DISABLE_PAGE_SKIPPING) orders"},
                             .mode = transaction_mode::no_transaction};
    const built_history shop("shop", engine_kind::postgresql, std::vector{one});
    migrate(*connect({.watch = server_progress(at_once)}), shop.get(), watched(told));
    EXPECT_THAT(told.lines, Contains("progressed 1.1 scanning heap of orders"));
    EXPECT_EQ(told.at.unit, "blocks");
    EXPECT_EQ(told.at.done, 0);
    EXPECT_EQ(told.at.total, pages_);
}

TEST_F(PostgresqlProgressViews, KnowRowsThatAreCopied) {
    const std::string file = ask("SHOW data_directory") + "/orders_of_" + database;
    ask("COPY orders TO '" + file + "'");
    ask("CREATE TABLE copies (id int CHECK (gate(id) > 0))");
    const auto told = told_about("COPY copies FROM '" + file + "'", "copying");
    EXPECT_THAT(told.lines, Contains("progressed 1.1 copying of copies"));
    EXPECT_EQ(told.at.unit, "bytes");
    EXPECT_GT(told.at.done, 0);
    EXPECT_EQ(std::to_string(told.at.total), ask("SELECT size FROM pg_stat_file('" + file + "')"));
    EXPECT_EQ(ask("SELECT count(*) FROM copies"), "1000");
}

}  // namespace
}  // namespace varve::testing
