#include "sqlite_engine_test.hpp"

#include "support/history_builder.hpp"

#include <varve/command_line.hpp>
#include <varve/migrate.hpp>

#include <gmock/gmock.h>

#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <atomic>
#include <csignal>
#include <sstream>
#include <stop_token>
#include <thread>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;

// Runs for as long as the machine needs to count to 10^12.
constexpr std::string_view endless =
    "INSERT INTO c WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT i "
    "FROM n WHERE i < 0";

built_history then(std::string last, transaction_mode mode = transaction_mode::transaction) {
    return built_history(
        "shop", engine_kind::sqlite,
        {{.version = 1, .name = "step_1", .up = {"CREATE TABLE b (id INTEGER)"}},
         {.version = 2, .name = "step_2", .up = {"CREATE TABLE c (id INTEGER)", std::move(last)}, .mode = mode}});
}

class sqlite_stop : public sqlite_engine_test {
protected:
    // Asks to stop when the second statement of the second migration begins.
    class stopping_observer final : public observer {
    public:
        void on_event(const event& what) override {
            if (what.kind == event_kind::statement_begun && what.version == 2 && what.statement == 2) {
                asker_ = std::thread([this] { asked.request_stop(); });
            }
        }
        ~stopping_observer() override {
            if (asker_.joinable()) asker_.join();
        }
        std::stop_source asked;

    private:
        std::thread asker_;
    };

    error_details stopped(const history& known) {
        stopping_observer watch;
        sqlite_engine db(file());
        return error_of([&] { migrate(db, known, {.stop = watch.asked.get_token(), .watch = &watch}); });
    }
};

}  // namespace

TEST_F(sqlite_stop, InTheMiddleOfALongStatementNothingOfTheTransactionIsKept) {
    const auto known = then(std::string(endless));
    const error_details why = stopped(known);
    EXPECT_EQ(why.code, error_code::cancelled);
    EXPECT_EQ(why.version, 2);
    EXPECT_FALSE(has_table("c"));
    sqlite_engine db(file());
    migrate(db, then("INSERT INTO c VALUES (1)").get());
    EXPECT_TRUE(has_table("c"));
}

TEST_F(sqlite_stop, InTheMiddleOfAScriptWithoutATransactionTheNextStartGoesOn) {
    const std::string slow_once =
        "INSERT INTO c WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT limit_of FROM "
        "slow)) SELECT max(i) FROM n";
    sqlite_handle(file()).execute("CREATE TABLE slow (limit_of); INSERT INTO slow VALUES (1000000000000)");
    const auto known = then(slow_once, transaction_mode::no_transaction);
    EXPECT_EQ(stopped(known).code, error_code::cancelled);
    EXPECT_TRUE(has_table("c"));
    sqlite_handle(file()).execute("UPDATE slow SET limit_of = 5");
    sqlite_engine db(file());
    migrate(db, known.get());
    EXPECT_EQ(check(db, known.get()), database_state::current);
}

TEST_F(sqlite_stop, AWaitForAnotherWriterEndsAtOnce) {
    create_ledger();
    const sqlite_handle other(file());
    other.execute("BEGIN IMMEDIATE");
    std::stop_source asked;
    sqlite_engine db(file(), {.busy_timeout = 1h});
    std::thread asker([&] { asked.request_stop(); });
    const auto known = then("INSERT INTO c VALUES (1)");
    const auto why = error_of([&] { migrate(db, known.get(), {.lock_wait = 1h, .stop = asked.get_token()}); });
    asker.join();
    EXPECT_EQ(why.code, error_code::cancelled);
}

TEST_F(sqlite_stop, ASignalStopsARealProcess) {
    const auto known = then(std::string(endless));
    std::array<int, 2> begun{};
    ASSERT_EQ(::pipe(begun.data()), 0);
    const ::pid_t child = ::fork();
    if (child == 0) {
        class telling final : public observer {
        public:
            explicit telling(int to) : to_(to) {}
            void on_event(const event& what) override {
                if (what.version == 2 && what.statement == 2) static_cast<void>(!::write(to_, "b", 1));
            }

        private:
            int to_;
        } watch(begun[1]);
        sqlite_engine db(file());
        std::ostringstream nowhere;
        ::_exit(command_line(db, known.get(), {"migrate"}, {.watch = &watch}, {&nowhere, &nowhere}));
    }
    char ignored = 0;
    ASSERT_EQ(::read(begun[0], &ignored, 1), 1);
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(exit_code::cancelled));
    EXPECT_FALSE(has_table("b"));
    ::close(begun[0]);
    ::close(begun[1]);
}

}  // namespace varve::testing
