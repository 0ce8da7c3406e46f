#include "postgresql_engine_test.hpp"

#include "support/pgbouncer.hpp"
#include "support/starters.hpp"

#include <pqxx/pqxx>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr int starters = 200;

class PostgresqlStarters : public postgresql_test {
protected:
    /// Two hundred programs that migrate at once: all end well, each migration ran once.
    void start_all(const std::string& where, const options& how) const {
        std::vector<std::vector<std::string>> ups;
        for (int each = 1; each <= 10; ++each)
            ups.push_back({"CREATE TABLE t" + std::to_string(each) + " (id int)",
                           "INSERT INTO t" + std::to_string(each) + " VALUES (1)"});
        const auto history = shop(ups);
        EXPECT_EQ(successful_starts(starters,
                                    [&] {
                                        postgresql_engine engine(where);
                                        migrate(engine, history, how);
                                    }),
                  starters);
        EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop'"), "10");
        EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = 'varve' AND slot IS NOT NULL"),
                  std::to_string(connect()->ledger_history().size()));
        for (int each = 1; each <= 10; ++each) EXPECT_EQ(ask("SELECT count(*) FROM t" + std::to_string(each)), "1");
    }
};

// The server has room for fewer: those who are refused a connection try again.
TEST_F(PostgresqlStarters, MayBeTwoHundredOnAnEmptyDatabase) { start_all(uri, {.lock_wait = 120s}); }

TEST_F(PostgresqlStarters, MayBeTwoHundredWhoSendEverythingTogether) {
    start_all(uri, {.send = sending::together, .lock_wait = 120s});
}

TEST_F(PostgresqlStarters, MayBeTwoHundredThroughAPooler) {
    const pgbouncer pooler(server.directory(), 20);
    start_all(pooler.uri(database), {.lock_wait = 120s});
    EXPECT_EQ(ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
                  "pg_database WHERE datname = current_database())"),
              "0");
}

/// What somebody was told while waiting.
class waiting_observer : public observer {
public:
    void on_event(const event& what) override {
        if (what.kind != event_kind::waiting) return;
        said = what.message;
        if (then) then();
    }
    std::string said;
    std::function<void()> then;
};

TEST_F(PostgresqlStarters, WaitForAServerThatHasNoRoomForThem) {
    ask("CREATE ROLE single LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA public TO single");
    auto occupied = std::make_unique<pqxx::connection>(server.uri(database, "single"));
    waiting_observer watch;
    watch.then = [&] { occupied.reset(); };
    const auto history = shop({{"CREATE TABLE a (id int)"}});
    EXPECT_EQ(migrate(*connect_as("single"), history, {.watch = &watch}).done.size(), 1U);
    EXPECT_THAT(watch.said, HasSubstr("too many connections"));
    ask("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE usename = 'single'");

    occupied = std::make_unique<pqxx::connection>(server.uri(database, "single"));
    const auto refused = failure_of([&] { migrate(*connect_as("single"), history, {.lock_wait = 30ms}); });
    EXPECT_EQ(refused.code, error_code::connection_failed);
    EXPECT_EQ(refused.sqlstate, "53300");
    EXPECT_THAT(refused.hint, HasSubstr("max_connections"));
    occupied.reset();
    ask("DROP OWNED BY single; DROP ROLE single");
}

}  // namespace
}  // namespace varve::testing
