#include "postgresql_engine_test.hpp"

#include <varve/command_line.hpp>

#include <pqxx/pqxx>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <sstream>
#include <stop_token>
#include <thread>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// Also where a busy machine answers as slowly as one far away.
const options one_by_one{.send = sending::one_by_one};

class PostgresqlStop : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), shop({{"CREATE TABLE a (id int)"}})); }

    // Waits until the server says so.
    void wait_until(const std::string& condition) const {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (ask("SELECT 1 WHERE " + condition).empty()) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << condition;
            std::this_thread::yield();
        }
    }
    static std::string running(const std::string& part) {
        return "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid "
               "<> "
               "pg_backend_pid() AND query LIKE '%" +
               part + "%')";
    }
    static std::string sleeping() {
        return "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep')";
    }
    static std::string waiting_for_a_lock() {
        return "EXISTS (SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE "
               "datname = current_database()))";
    }
    static std::string waiting_for_a_transaction() {
        return "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'virtualxid')";
    }

    // What `migrate` throws when it is asked to stop at a moment.
    error_details stopped_when(const std::string& condition, const test_history& history) {
        std::stop_source asked;
        std::thread other([&] {
            wait_until(condition);
            asked.request_stop();
        });
        const error_details stopped = failure_of([&] {
            migrate(*connect(), history, {.send = sending::one_by_one, .lock_timeout = 0s, .stop = asked.get_token()});
        });
        other.join();
        return stopped;
    }

    // A program that migrates.
    ::pid_t migrating(const test_history& history) const {
        const ::pid_t child = ::fork();
        if (child != 0) return child;
        postgresql_engine engine(uri);
        std::ostringstream nowhere;
        const console where{.out = &nowhere, .err = &nowhere};
        ::_exit(command_line(engine, history, {"migrate", "--lock-timeout", "0"}, one_by_one, where));
    }

    // The exit code of a program that migrates and gets a signal at a moment.
    int exit_code_of(const test_history& history, int signal, const std::string& condition) const {
        const ::pid_t child = migrating(history);
        wait_until(condition);
        ::kill(child, signal);
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    static test_history then(std::vector<std::string> statements,
                             transaction_mode mode = transaction_mode::transaction) {
        return test_history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                             {.version = 2, .name = "step_2", .up = {"CREATE TABLE b (id int)"}},
                             {.version = 3, .name = "step_3", .up = std::move(statements), .mode = mode}});
    }

    void expect_free() const {
        EXPECT_TRUE(connect()->try_lock());
        EXPECT_EQ(ask("SELECT count(*) FROM pg_locks WHERE NOT granted"), "0");
    }
};

TEST_F(PostgresqlStop, InTheMiddleOfAnAlterNothingOfTheMigrationIsKept) {
    pqxx::connection application(uri);
    pqxx::work reading(application);
    reading.exec("LOCK TABLE a IN ACCESS SHARE MODE");
    const auto history = then({"CREATE TABLE c (id int)", "ALTER TABLE a ADD x int"});
    const error_details stopped = stopped_when(waiting_for_a_lock(), history);
    EXPECT_EQ(stopped.code, error_code::cancelled);
    EXPECT_EQ(stopped.statement, "ALTER TABLE a ADD x int");
    EXPECT_THAT(stopped.done, HasSubstr("2"));
    EXPECT_FALSE(has_table("c"));
    EXPECT_TRUE(has_table("b"));
    expect_free();
    reading.abort();
    migrate(*connect(), history);
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

/// An index that is built without keeping anybody waiting, and so cannot be rolled back.
test_history with_index() {
    return test_history(
        {{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
         {.version = 2,
          .name = "index",
          .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)", "ANALYZE a"},
          .mode = transaction_mode::no_transaction,
          .up_probes = {{.statement = 0, .kind = probe_kind::index_built, .object = "a", .name = "a_id"},
                        {.statement = 1, .kind = probe_kind::repeatable}}}});
}

/// Keeps what is told when something is tried again.
class retries_told : public observer {
public:
    void on_event(const event& what) override {
        if (what.kind == event_kind::retried) messages.emplace_back(what.message);
    }
    std::vector<std::string> messages;
};

TEST_F(PostgresqlStop, InTheMiddleOfAnIndexBuiltConcurrentlyTheNextStartDropsWhatIsLeftAndBuildsIt) {
    const std::string is_valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass";
    const auto by_token = [&] {
        EXPECT_EQ(stopped_when(waiting_for_a_transaction(), with_index()).code, error_code::cancelled);
    };
    const auto by_signal = [&] {
        EXPECT_EQ(exit_code_of(with_index(), SIGTERM, waiting_for_a_transaction()),
                  static_cast<int>(exit_code::cancelled));
    };
    for (const std::function<void()>& stop : {std::function<void()>(by_token), std::function<void()>(by_signal)}) {
        {
            pqxx::connection application(uri);
            pqxx::work writing(application);
            writing.exec("LOCK TABLE a IN ROW EXCLUSIVE MODE");
            stop();
        }
        expect_free();
        EXPECT_EQ(ask(is_valid), "f") << "the server leaves it behind";
        const auto half = status(*connect(), with_index()).migrations.at(1);
        ASSERT_TRUE(half.entry.has_value());
        EXPECT_EQ(half.entry->statements_done, 0);
        EXPECT_EQ(half.entry->statements_total, 2);
        retries_told told;
        migrate(*connect(), with_index(), {.watch = &told});
        EXPECT_THAT(told.messages,
                    ::testing::ElementsAre("an earlier attempt left an INVALID index: DROP INDEX CONCURRENTLY IF "
                                           "EXISTS public.a_id"));
        EXPECT_EQ(ask(is_valid), "t");
        EXPECT_EQ(check(*connect(), with_index()), database_state::current);
        ask("DROP INDEX a_id; UPDATE varve_ledger SET slot = NULL, state = 'superseded', mark = NULL WHERE version = 2 "
            "AND history = 'shop' AND slot IS NOT NULL");
    }
}

// The server does not answer, so that the first signal has no effect.
TEST_F(PostgresqlStop, ASecondSignalOfWhateverKindEndsTheProcessAtOnce) {
    const auto history = then({"SELECT pg_sleep(60)"});
    for (const auto& [first, second] : {std::pair(SIGINT, SIGTERM), std::pair(SIGTERM, SIGINT)}) {
        const ::pid_t child = migrating(history);
        wait_until(sleeping());
        const auto serving = static_cast<::pid_t>(
            std::stoi(ask("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = "
                          "'PgSleep'")));
        ASSERT_EQ(::kill(serving, SIGSTOP), 0);
        ::kill(child, first);
        ::kill(child, second);
        int status = 0;
        ::waitpid(child, &status, 0);
        ::kill(serving, SIGCONT);
        EXPECT_TRUE(WIFSIGNALED(status)) << "it has ended, and not by itself";
        wait_until("NOT " + sleeping());
        EXPECT_FALSE(has_table("c"));
    }
}

TEST_F(PostgresqlStop, InTheMiddleOfALongStatementItIsCancelledByASignal) {
    const auto history = then({"CREATE TABLE c (id int)", "SELECT pg_sleep(60)"});
    for (const int signal : {SIGTERM, SIGINT}) {
        EXPECT_EQ(exit_code_of(history, signal, sleeping()), static_cast<int>(exit_code::cancelled));
        EXPECT_FALSE(has_table("c"));
        expect_free();
    }
}

TEST_F(PostgresqlStop, TheHandlersOfTheProgramArePutBack) {
    const auto mine = [](int) {};
    std::signal(SIGTERM, mine);
    std::signal(SIGINT, SIG_IGN);
    postgresql_engine engine(uri);
    std::ostringstream nowhere;
    EXPECT_EQ(command_line(engine, shop({{"CREATE TABLE a (id int)"}}), {"migrate"}, {}, {&nowhere, &nowhere}), 0);
    EXPECT_EQ(std::signal(SIGTERM, SIG_DFL), static_cast<void (*)(int)>(mine));
    EXPECT_EQ(std::signal(SIGINT, SIG_DFL), SIG_IGN);
}

TEST_F(PostgresqlStop, AWaitForTheLockEndsAtOnce) {
    const auto holder = connect();
    ASSERT_TRUE(holder->try_lock());
    std::stop_source asked;
    class stopping_observer final : public observer {
    public:
        explicit stopping_observer(std::stop_source& asked) : asked_(asked) {}
        void on_event(const event& what) override {
            if (what.kind == event_kind::waiting) asked_.request_stop();
        }

    private:
        std::stop_source& asked_;
    } observer(asked);
    const error_details stopped = failure_of([&] {
        migrate(*connect(), then({"SELECT 1"}), {.lock_wait = 1h, .stop = asked.get_token(), .watch = &observer});
    });
    EXPECT_EQ(stopped.code, error_code::cancelled);
}

TEST_F(PostgresqlStop, AfterAStopBetweenTwoMigrationsTheMessageSaysWhatIsDone) {
    std::stop_source asked;
    class stopping_observer final : public observer {
    public:
        explicit stopping_observer(std::stop_source& asked) : asked_(asked) {}
        void on_event(const event& what) override {
            if (what.kind == event_kind::committed) asked_.request_stop();
        }

    private:
        std::stop_source& asked_;
    } observer(asked);
    const error_details stopped = failure_of([&] {
        migrate(*connect(), then({"CREATE TABLE c (id int)"}),
                {.send = sending::one_by_one, .stop = asked.get_token(), .watch = &observer});
    });
    EXPECT_EQ(stopped.code, error_code::cancelled);
    EXPECT_THAT(stopped.done, HasSubstr("2"));
    EXPECT_TRUE(has_table("b"));
    EXPECT_FALSE(has_table("c"));
}

TEST_F(PostgresqlStop, InTheMiddleOfAScriptWithoutATransactionTheNextStartGoesOn) {
    const auto history = then({"CREATE TABLE c (id int)",
                               "INSERT INTO c SELECT 1 FROM pg_sleep(CASE WHEN EXISTS "
                               "(SELECT FROM pg_stat_activity WHERE application_name = 'slow') THEN 60 ELSE 0 END)"},
                              transaction_mode::no_transaction);
    {
        const pqxx::connection slow(uri + "&application_name=slow");
        EXPECT_EQ(exit_code_of(history, SIGTERM, running("INSERT INTO c")), static_cast<int>(exit_code::cancelled));
    }
    expect_free();
    EXPECT_TRUE(has_table("c"));
    migrate(*connect(), history);
    EXPECT_EQ(ask("SELECT count(*) FROM c"), "1");
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

TEST_F(PostgresqlStop, WhenTheClientIsKilledTheServerEndsItsStatementSoon) {
    for (const auto mode : {transaction_mode::transaction, transaction_mode::no_transaction}) {
        EXPECT_EQ(exit_code_of(then({"SELECT pg_sleep(600)"}, mode), SIGKILL, sleeping()), -SIGKILL);
        wait_until("NOT " + sleeping());
        ask("DELETE FROM varve_ledger WHERE history = 'shop' AND version = 3");
    }
}

TEST_F(PostgresqlStop, WhenTheClientIsKilledOnABorrowedConnectionTheServerEndsItsStatementSoon) {
    const auto history = then({"SELECT pg_sleep(600)"}, transaction_mode::no_transaction);
    const ::pid_t child = ::fork();
    if (child == 0) {
        pqxx::connection callers(uri);
        postgresql_engine engine(callers);
        migrate(engine, history);
        ::_exit(0);
    }
    wait_until(sleeping());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    wait_until("NOT " + sleeping());
}

}  // namespace
}  // namespace varve::testing
