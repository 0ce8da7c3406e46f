#include "postgresql_engine_test.hpp"

#include "support/pgbouncer.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

/// A real PgBouncer that gives everybody the same session, so that what one leaves behind the next one finds.
class PostgresqlPooler : public postgresql_test {
protected:
    [[nodiscard]] std::string through() const { return pooler.uri(database); }

    /// Everything about the session that could be left behind. The application's name is the pooler's business.
    [[nodiscard]] std::string state_of_the_session() const {
        pqxx::connection connection(through());
        pqxx::nontransaction session(connection);
        std::string state;
        for (const char* question :
             {"SELECT name || '=' || setting FROM pg_settings WHERE name NOT LIKE 'transaction%' AND name NOT LIKE "
              "'plpgsql%' AND name <> 'application_name' ORDER BY name",
              "SELECT 'role=' || current_setting('role') || ' ' || session_user",
              "SELECT 'prepared ' || name FROM pg_prepared_statements",
              "SELECT 'lock ' || locktype || ' ' || mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = "
              "'advisory'",
              "SELECT 'temporary ' || relname FROM pg_class WHERE relpersistence = 't'",
              "SELECT 'cursor ' || name FROM pg_cursors WHERE name <> ''",
              "SELECT 'listens ' || channel FROM pg_listening_channels() AS channel"}) {
            const pqxx::result rows = session.exec(std::string(question));
            for (const auto& row : rows) state += std::string(row[0].c_str()) + "\n";
        }
        return state;
    }
    /// The server's process, to see that there is only one.
    [[nodiscard]] std::string process() const {
        pqxx::connection connection(through());
        const pqxx::result rows = pqxx::nontransaction(connection).exec("SELECT pg_backend_pid()");
        return rows[0][0].c_str();
    }

    pgbouncer pooler{server.directory(), 1};
};

TEST_F(PostgresqlPooler, IsNoticed) {
    postgresql_engine engine(through());
    ASSERT_TRUE(engine.try_lock());
    EXPECT_EQ(engine.scope(), lock_scope::transaction);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
                  "pg_database WHERE datname = current_database())"),
              "0");
}

TEST_F(PostgresqlPooler, FindsItsSessionAsItWas) {
    const auto history =
        shop({{"CREATE SCHEMA other", "CREATE ROLE somebody_" + database},
              {"SET search_path = other", "SET lock_timeout = '7s'", "SET work_mem = '9MB'", "CREATE TABLE a (id int)"},
              {"SET ROLE postgres", "SET statement_timeout = '1h'", "CREATE TABLE b (id int)"},
              {"INSERT INTO other.a VALUES (1)"}});
    const std::string before = state_of_the_session();
    const std::string one = process();
    for (const sending send : {sending::one_by_one, sending::together}) {
        postgresql_engine engine(through());
        migrate(engine, history, {.send = send});
        EXPECT_EQ(check(engine, history), database_state::current);
        EXPECT_EQ(state_of_the_session(), before);
        EXPECT_EQ(ask("SELECT count(*) FROM other.a"), "1");
        ask("DROP SCHEMA other CASCADE; DROP ROLE somebody_" + database +
            "; DROP TABLE b, varve_ledger, "
            "varve_statement");
    }
    EXPECT_EQ(process(), one);
}

TEST_F(PostgresqlPooler, FindsItsSessionAsItWasAfterAFailureToo) {
    const std::string before = state_of_the_session();
    for (const sending send : {sending::one_by_one, sending::together}) {
        postgresql_engine engine(through());
        const auto history = shop({{"CREATE TABLE IF NOT EXISTS a (id int)"},
                                   {"SET search_path = pg_catalog", "SET ROLE postgres", "SELECT 1/0"}});
        EXPECT_EQ(failure_of([&] { migrate(engine, history, {.send = send}); }).sqlstate, "22012");
        EXPECT_EQ(state_of_the_session(), before);
    }
}

TEST_F(PostgresqlPooler, IsRefusedBeforeAnythingIsDoneWhereASessionIsNeeded) {
    const test_history history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                                {.version = 2,
                                 .name = "step_2",
                                 .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                                 .mode = transaction_mode::no_transaction}});
    postgresql_engine engine(through());
    const auto refused = failure_of([&] { migrate(engine, history); });
    EXPECT_EQ(refused.code, error_code::needs_session);
    EXPECT_EQ(refused.file, "migrations/0002_step_2.sql");
    EXPECT_EQ(refused.line, 1U);
    EXPECT_EQ(refused.statement, "CREATE INDEX CONCURRENTLY a_id ON a (id)");
    EXPECT_THAT(refused.hint, HasSubstr("connect to the server itself"));
    EXPECT_FALSE(has_table("a")) << "not even what could have been done";
    migrate(*connect(), history);
    EXPECT_EQ(check(engine, history), database_state::current);
}

TEST_F(PostgresqlPooler, GivesTheRoleOfMigrationsBackToItsSession) {
    const std::string owner = "owner of " + database;
    ask("CREATE ROLE \"" + owner + "\"; GRANT CREATE, USAGE ON SCHEMA public TO \"" + owner + "\"");
    const std::string before = state_of_the_session();
    const auto history = shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}});
    for (const sending send : {sending::one_by_one, sending::together}) {
        postgresql_engine engine(through(), {.role = owner});
        migrate(engine, history, {.send = send});
        EXPECT_EQ(check(engine, history), database_state::current);
        EXPECT_EQ(ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"), owner);
        EXPECT_EQ(state_of_the_session(), before);
        EXPECT_EQ(failure_of([&] {
                      migrate(engine, shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}, {"SELECT 1/0"}}),
                              {.send = send});
                  }).sqlstate,
                  "22012");
        EXPECT_EQ(state_of_the_session(), before);
        ask("DROP TABLE a, b, varve_ledger, varve_statement");
    }
    ask("DROP OWNED BY \"" + owner + "\"; DROP ROLE \"" + owner + "\"");
}

// It tells its clients an invented process whichever way it pools, and nothing else tells the two apart.
TEST_F(PostgresqlPooler, ThatLeavesAClientItsSessionIsTakenForOneThatDoesNot) {
    const pgbouncer by_session(server.directory(), 2, pooling::session);
    const test_history history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                                {.version = 2,
                                 .name = "step_2",
                                 .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                                 .mode = transaction_mode::no_transaction}});
    postgresql_engine engine(by_session.uri(database));
    ASSERT_TRUE(engine.try_lock());
    EXPECT_EQ(engine.scope(), lock_scope::transaction);
    migrate(engine, history, {.to = target::version(1)});
    EXPECT_TRUE(has_table("a"));
    EXPECT_EQ(failure_of([&] { migrate(engine, history); }).code, error_code::needs_session);
    EXPECT_TRUE(connect()->try_lock()) << "nothing is left in the pooler's sessions";
}

}  // namespace
}  // namespace varve::testing
