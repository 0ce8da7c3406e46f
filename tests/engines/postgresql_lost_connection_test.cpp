#include "postgresql_engine_test.hpp"

#include "support/cutting_proxy.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

class PostgresqlLostConnection : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), shop({{"CREATE TABLE first (id int)"}})); }

    static std::string through(const std::string& uri) { return uri + "&port=6201"; }

    /// Performs a script that the proxy recognises; the ledger row has the id after the newest.
    outcome perform_marked(engine& db, const std::string& table) {
        const std::int64_t revision = connect()->read(engine::rows::all).revision;
        const std::string create = "CREATE TABLE " + table + " (id int)";
        action step = running({create});
        step.change.inserts.push_back(applied_row(revision + 1, revision + 1, 5));
        return perform(db, revision, {step});
    }
    [[nodiscard]] std::string newest() const { return ask("SELECT max(id) FROM varve_ledger"); }

    cutting_proxy proxy{server.directory(), 6201};
};

TEST_F(PostgresqlLostConnection, BeforeTheServerSawItNothingIsKept) {
    postgresql_engine engine(through(uri));
    for (int each = 0; each < 5; ++each) {
        proxy.cut_next(cut::before_server, "CREATE TABLE cut_here");
        const auto failure = failure_of([&] { (void)perform_marked(engine, "cut_here"); });
        EXPECT_EQ(failure.code, error_code::connection_failed);
        EXPECT_THAT(failure.message, HasSubstr("nothing of it was kept"));
        EXPECT_FALSE(has_table("cut_here"));
    }
    EXPECT_EQ(perform_marked(engine, "cut_here"), outcome::done) << "the engine has connected again";
}

TEST_F(PostgresqlLostConnection, AfterTheServerAnsweredAllIsDone) {
    postgresql_engine engine(through(uri));
    for (int each = 0; each < 5; ++each) {
        const std::string table = "cut_here_" + std::to_string(each);
        proxy.cut_next(cut::after_answer, table);
        EXPECT_EQ(perform_marked(engine, table), outcome::done);
        EXPECT_TRUE(has_table(table));
    }
    EXPECT_EQ(proxy.cuts(), 5);
}

TEST_F(PostgresqlLostConnection, InBetweenTheTruthIsFound) {
    postgresql_engine engine(through(uri));
    for (int each = 0; each < 10; ++each) {
        const std::string table = "cut_here_" + std::to_string(each);
        proxy.cut_next(cut::at_once, table);
        bool is_done = false;
        try {
            is_done = perform_marked(engine, table) == outcome::done;
        } catch (const error& failure) {
            EXPECT_EQ(failure.code(), error_code::connection_failed);
        }
        EXPECT_EQ(has_table(table), is_done);
    }
}

// Whether the server ends such a script or its client's end depends on which of the two it notices first.
TEST_F(PostgresqlLostConnection, TheLostSessionIsWaitedFor) {
    postgresql_engine engine(through(uri));
    for (const std::string_view sleep : {"SELECT pg_sleep(0.2)", "SELECT pg_sleep(3)"}) {
        const std::int64_t revision = connect()->read(engine::rows::all).revision;
        action step = running({sleep});
        step.change.inserts.push_back(applied_row(revision + 1, revision + 1, 5));
        proxy.cut_next(cut::at_once, "pg_sleep");
        bool is_done = false;
        try {
            is_done = perform(engine, revision, {step}) == outcome::done;
        } catch (const error& failure) {
            EXPECT_EQ(failure.code(), error_code::connection_failed);
        }
        EXPECT_EQ(newest(), std::to_string(is_done ? revision + 1 : revision));
        EXPECT_EQ(ask("SELECT count(*) FROM pg_stat_activity WHERE query ~ '^/[*] varve .*SET TRANSACTION.*pg_sleep' "
                      "AND state = "
                      "'active' AND datname = current_database()"),
                  "0");
    }
}

TEST_F(PostgresqlLostConnection, AtACommitOfSeveralStringsTheTruthIsFound) {
    std::vector<std::string_view> statements(300, "SELECT 1");
    postgresql_engine engine(through(uri));
    for (const cut where : {cut::before_server, cut::after_answer}) {
        const std::int64_t revision = connect()->read(engine::rows::all).revision;
        action step = running(statements);
        step.change.inserts.push_back(applied_row(revision + 1, revision + 1, 5));
        proxy.cut_next(where, std::string("COMMIT\0", 7));
        bool is_done = false;
        try {
            is_done = perform(engine, revision, {step}) == outcome::done;
        } catch (const error& failure) {
            EXPECT_EQ(failure.code(), error_code::connection_failed);
        }
        EXPECT_EQ(is_done, where == cut::after_answer);
        EXPECT_EQ(newest(), std::to_string(is_done ? revision + 1 : revision));
    }
    EXPECT_EQ(proxy.cuts(), 2);
}

TEST_F(PostgresqlLostConnection, OnABorrowedConnectionItIsInDoubt) {
    pqxx::connection callers(through(uri));
    postgresql_engine engine(callers);
    proxy.cut_next(cut::after_answer, "cut_here");
    const auto failure = failure_of([&] { (void)perform_marked(engine, "cut_here"); });
    EXPECT_EQ(failure.code, error_code::in_doubt);
    EXPECT_THAT(failure.hint, HasSubstr("start again"));
}

TEST_F(PostgresqlLostConnection, OnABorrowedConnectionItIsSettledByAnotherOne) {
    pqxx::connection callers(through(uri));
    postgresql_engine engine(callers, {.reconnect = [this] { return std::make_unique<pqxx::connection>(uri); }});
    proxy.cut_next(cut::after_answer, "cut_here");
    EXPECT_EQ(perform_marked(engine, "cut_here"), outcome::done);
}

TEST_F(PostgresqlLostConnection, IsNoticedAndTheNextRunConnectsAgain) {
    const auto history = shop({{"CREATE TABLE first (id int)"}, {"CREATE TABLE second (id int)"}});
    postgresql_engine engine(uri);
    ASSERT_TRUE(engine.try_lock());
    ask("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name ~ '^varve' AND "
        "datname = current_database()");
    const auto failure = failure_of([&] { migrate(engine, history); });
    EXPECT_EQ(failure.code, error_code::connection_failed);
    migrate(engine, history);
    EXPECT_TRUE(has_table("second"));
}

TEST_F(PostgresqlLostConnection, InTheMiddleOfARunIsSettledByTheRun) {
    const auto history = shop({{"CREATE TABLE first (id int)"}, {"CREATE TABLE cut_here (id int)"}, {"SELECT 1"}});
    postgresql_engine engine(through(uri));
    proxy.cut_next(cut::after_answer, "CREATE TABLE cut_here");
    EXPECT_EQ(migrate(engine, history).done.size(), 2U);
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

}  // namespace
}  // namespace varve::testing
