#include "postgresql_engine_test.hpp"

#include "support/pgbouncer.hpp"

#include <varve/command_line.hpp>

#include <pqxx/pqxx>

#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// Migrations whose statement `LOCK TABLE gate` waits for the test.
class PostgresqlShownWork : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), shop({{"CREATE TABLE gate (id int)"}})); }

    static test_history stopping(std::vector<std::string> statements,
                                 transaction_mode mode = transaction_mode::transaction) {
        return test_history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE gate (id int)"}},
                             {.version = 2, .name = "add_email", .up = std::move(statements), .mode = mode},
                             {.version = 3, .name = "add_phone", .up = {"SELECT 1", "SELECT 2"}}});
    }

    /// What `look` finds while a migration waits at the gate.
    template <typename Look>
    auto while_it_waits(engine& migrating, const test_history& history, const options& how, Look look) {
        pqxx::connection application(uri);
        pqxx::work keeping(application);
        keeping.exec("LOCK TABLE gate IN ACCESS EXCLUSIVE MODE");
        std::thread other([&] { migrate(migrating, history, how); });
        while (ask("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'gate'::regclass").empty())
            std::this_thread::yield();
        auto found = look();
        keeping.abort();
        other.join();
        return found;
    }
    std::string holder_while_it_waits(const test_history& history, sending send = sending::one_by_one,
                                      grouping transactions = grouping::automatic) {
        const options how{.transactions = transactions, .send = send, .lock_timeout = 0s};
        return while_it_waits(*connect(), history, how, [&] { return connect()->lock_holder(); });
    }
};

const options one_by_one{.send = sending::one_by_one, .lock_timeout = 0s};

const std::string waiting_statement = "LOCK TABLE gate";

TEST_F(PostgresqlShownWork, NamesTheMigrationAndTheStatement) {
    EXPECT_THAT(holder_while_it_waits(stopping({"SELECT 1", waiting_statement, "SELECT 3"})),
                ::testing::ContainsRegex("active, migration shop 2 add_email, statement 2 of 3, since 2[-0-9T:]+Z$"));
}

TEST_F(PostgresqlShownWork, IsToldToWhoeverWaitsAndInTheStatus) {
    class listening final : public observer {
    public:
        void on_event(const event& what) override {
            if (what.kind == event_kind::waiting) reasons.emplace_back(what.message);
        }
        std::vector<std::string> reasons;
    } waiter;
    const auto history = stopping({waiting_statement});
    const auto status_text = while_it_waits(*connect(), history, one_by_one, [&] {
        EXPECT_EQ(failure_of([&] { migrate(*connect(), history, {.lock_wait = 0s, .watch = &waiter}); }).code,
                  error_code::lock_timeout);
        std::ostringstream out;
        const auto looking = connect();
        (void)command_line(*looking, history, {"status", "--json"}, {}, {&out, &out});
        return out.str();
    });
    EXPECT_THAT(waiter.reasons, Contains(HasSubstr("migration shop 2 add_email, statement 1 of 1")));
    EXPECT_THAT(status_text, ::testing::ContainsRegex("\"lock_holder\":\"[^\"]*shop 2 add_email, statement 1 of 1"));
}

TEST_F(PostgresqlShownWork, OfAScriptWithoutATransactionIsInTheLedger) {
    const auto history = stopping({"SELECT 1", "CREATE INDEX CONCURRENTLY gate_id ON gate (id)", "SELECT 3"},
                                  transaction_mode::no_transaction);
    EXPECT_THAT(holder_while_it_waits(history), HasSubstr("migration shop 2 add_email, statement 2 of 3, since"));
}

TEST_F(PostgresqlShownWork, OfASeriesIsItsPresentTransaction) {
    EXPECT_THAT(holder_while_it_waits(stopping({waiting_statement, "SELECT 2"}), sending::together),
                HasSubstr("migrations shop 2 add_email to shop 3 add_phone, now 2, statement 1"));
}

TEST_F(PostgresqlShownWork, OfOneTransactionForAllIsItsPresentMigration) {
    EXPECT_THAT(holder_while_it_waits(stopping({"SELECT 1", waiting_statement}), sending::one_by_one, grouping::all),
                HasSubstr("migrations shop 2 add_email to shop 3 add_phone, now 2, statement 2"));
}

TEST_F(PostgresqlShownWork, OfALongScriptIsToldToo) {
    std::vector<std::string> statements(300, "SELECT 1");
    statements[250] = waiting_statement;
    EXPECT_THAT(holder_while_it_waits(stopping(statements)),
                HasSubstr("migration shop 2 add_email, statement 251 of 300"));
}

TEST_F(PostgresqlShownWork, WithoutAProceduralLanguageIsToldToo) {
    ask("DROP EXTENSION plpgsql");
    EXPECT_THAT(holder_while_it_waits(stopping({"SELECT 1", waiting_statement})),
                HasSubstr("migration 2, statement 2"));
}

TEST_F(PostgresqlShownWork, IsAsMuchAsOneMaySee) {
    const std::string reader = "reader_" + database;
    ask("CREATE ROLE " + reader + " LOGIN");
    const auto look = [&] { return connect_as(reader)->lock_holder(); };
    const std::string in_transaction =
        while_it_waits(*connect(), stopping({"SELECT 1", waiting_statement}), one_by_one, look);
    EXPECT_THAT(in_transaction, HasSubstr("migration 2, statement 2"));
    EXPECT_THAT(in_transaction, Not(HasSubstr("add_email")));
}

TEST_F(PostgresqlShownWork, OfAScriptWithoutATransactionMayBeSeenByWhoeverReadsTheLedger) {
    const std::string reader = "reader_" + database;
    ask("CREATE ROLE " + reader + " LOGIN");
    const auto look = [&] {
        const std::string without = connect_as(reader)->lock_holder();
        ask("GRANT SELECT ON varve_ledger, varve_statement TO " + reader);
        return std::vector<std::string>{without, connect_as(reader)->lock_holder()};
    };
    const auto history = stopping({"CREATE INDEX CONCURRENTLY gate_id ON gate (id)"}, transaction_mode::no_transaction);
    const auto found = while_it_waits(*connect(), history, one_by_one, look);
    EXPECT_THAT(found[0], Not(HasSubstr("migration")));
    EXPECT_THAT(found[1], HasSubstr("migration shop 2 add_email, statement 1 of 1"));
}

TEST_F(PostgresqlShownWork, AnyNameCanBeShown) {
    const std::string odd = "*/ SELECT 1/0; /* '$varve$";
    const test_history history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE gate (id int)"}},
                                {.version = 20260107093000, .name = odd, .up = {"SELECT 1", waiting_statement}}});
    EXPECT_THAT(holder_while_it_waits(history),
                HasSubstr("migration shop 20260107093000 *| SELECT 1|0; |* '$varve$, statement 2 of 2"));
}

TEST_F(PostgresqlShownWork, LeavesTheNameOfTheApplicationAsItWas) {
    const std::string name(63, 'x');
    pqxx::connection callers(uri + "&application_name=" + name);
    postgresql_engine borrowed(callers);
    const auto holder = while_it_waits(borrowed, stopping({"SELECT 1", waiting_statement}), one_by_one,
                                       [&] { return connect()->lock_holder(); });
    EXPECT_THAT(holder, HasSubstr("application xxxxx"));
    EXPECT_THAT(holder, HasSubstr("statement 2 of 2"));
    const pqxx::result now = pqxx::nontransaction(callers).exec("SHOW application_name");
    EXPECT_EQ(std::string(now[0][0].c_str()), name);
}

TEST_F(PostgresqlShownWork, ThroughAPoolerIsToldToo) {
    const pgbouncer pooler(server.directory(), 2);
    postgresql_engine pooled(pooler.uri(database));
    const auto holder = while_it_waits(pooled, stopping({"SELECT 1", waiting_statement}), one_by_one,
                                       [&] { return connect()->lock_holder(); });
    EXPECT_THAT(holder, HasSubstr("migration shop 2 add_email, statement 2 of 2"));
}

}  // namespace
}  // namespace varve::testing
