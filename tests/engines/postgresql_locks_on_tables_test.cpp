#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

#include <chrono>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Keeps what was told about tries, and does something after the first of them.
class tries : public observer {
public:
    void on_event(const event& what) override {
        if (what.kind != event_kind::retried) return;
        messages.emplace_back(what.message);
        if (then) std::exchange(then, {})();
    }
    std::vector<std::string> messages{};
    std::function<void()> then{};
};

// The application, in a transaction that has a lock on table `a`.
class table_holder {
public:
    explicit table_holder(const std::string& uri) : connection_(uri), work_(std::in_place, connection_) {
        work_->exec("LOCK TABLE a IN ACCESS SHARE MODE");
    }
    void let_go() { work_.reset(); }

private:
    pqxx::connection connection_;
    std::optional<pqxx::work> work_;
};

class PostgresqlLocksOnTables : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), before); }
    test_history before = shop({{"CREATE TABLE a (id int)"}});
    test_history after = shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)", "ALTER TABLE a ADD x int"}});
};

TEST_F(PostgresqlLocksOnTables, AMigrationThatCannotHaveItsTableGivesUpInTimeAndSaysWhoHasIt) {
    table_holder application(uri);
    tries seen;
    const error_details refused =
        failure_of([&] { migrate(*connect(), after, {.lock_timeout = 700ms, .watch = &seen}); });
    EXPECT_EQ(refused.code, error_code::table_locked);
    EXPECT_EQ(refused.sqlstate, "55P03");
    EXPECT_EQ(refused.statement, "ALTER TABLE a ADD x int");
    EXPECT_EQ(refused.line, 2U);
    EXPECT_THAT(refused.message, HasSubstr("user postgres"));
    EXPECT_THAT(refused.message, HasSubstr("idle in transaction"));
    EXPECT_THAT(refused.message, HasSubstr("LOCK TABLE a IN ACCESS SHARE MODE"));
    EXPECT_THAT(refused.message, HasSubstr("tried 5 times"));
    EXPECT_THAT(refused.hint, HasSubstr("--lock-timeout"));
    EXPECT_THAT(seen.messages, SizeIs(4));
    EXPECT_THAT(seen.messages.back(), HasSubstr("try 5 of 5"));
    EXPECT_FALSE(has_table("b"));
    EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop'"), "1");
}

TEST_F(PostgresqlLocksOnTables, ATryAfterTheTableIsFreeSucceeds) {
    table_holder application(uri);
    tries seen;
    seen.then = [&] { application.let_go(); };
    migrate(*connect(), after, {.lock_timeout = 60ms, .watch = &seen});
    EXPECT_THAT(seen.messages, SizeIs(1));
    EXPECT_EQ(check(*connect(), after), database_state::current);
}

TEST_F(PostgresqlLocksOnTables, WhoseQueriesMayNotBeSeenIsSaid) {
    ask("CREATE ROLE weak LOGIN; ALTER TABLE a OWNER TO weak; GRANT ALL ON SCHEMA public TO weak;"
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO weak");
    table_holder application(uri);
    const error_details refused = failure_of([&] { migrate(*connect_as("weak"), after, {.lock_timeout = 700ms}); });
    EXPECT_EQ(refused.code, error_code::table_locked);
    EXPECT_THAT(refused.message, HasSubstr("its query is not shown to this user (GRANT pg_read_all_stats)"));
    EXPECT_THAT(refused.message, Not(HasSubstr("ACCESS SHARE")));
}

TEST_F(PostgresqlLocksOnTables, OnABorrowedConnectionItIsTheSameAndNothingStaysSet) {
    table_holder application(uri);
    pqxx::connection callers(uri);
    postgresql_engine engine(callers, {.reconnect = [&] { return std::make_unique<pqxx::connection>(uri); }});
    const error_details refused = failure_of([&] { migrate(engine, after, {.lock_timeout = 700ms}); });
    EXPECT_THAT(refused.message, HasSubstr("LOCK TABLE a IN ACCESS SHARE MODE"));
    EXPECT_STREQ(pqxx::nontransaction(callers).exec("SHOW lock_timeout")[0][0].c_str(), "0");
}

TEST_F(PostgresqlLocksOnTables, ADirectiveWinsOverTheProgramAndACommandLineOverBoth) {
    const std::string probe = "CREATE TABLE b AS SELECT current_setting('lock_timeout') AS t";
    const test_history directed({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                                 {.version = 2, .name = "step_2", .up = {probe}, .limits = {.lock_timeout = 7000}}});
    migrate(*connect(), directed, {.lock_timeout = 4s});
    EXPECT_EQ(ask("SELECT t FROM b"), "7s");
    ask("DROP TABLE b; DELETE FROM varve_ledger WHERE version = 2 AND history = 'shop'");
    migrate(*connect(), directed, {.lock_timeout = {2s, time_limit::scope::every_script}});
    EXPECT_EQ(ask("SELECT t FROM b"), "2s");
}

TEST_F(PostgresqlLocksOnTables, EachScriptOfOneTransactionHasItsOwnLimit) {
    const std::string probe = " AS SELECT current_setting('lock_timeout') AS t";
    const test_history several(
        {{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
         {.version = 2, .name = "step_2", .up = {"CREATE TABLE b" + probe}},
         {.version = 3, .name = "step_3", .up = {"CREATE TABLE c" + probe}, .limits = {.lock_timeout = 7000}},
         {.version = 4, .name = "step_4", .up = {"CREATE TABLE d" + probe}}});
    migrate(*connect(), several, {.transactions = grouping::all});
    EXPECT_EQ(ask("SELECT t FROM b UNION ALL SELECT t FROM c UNION ALL SELECT t FROM d"), "3s,7s,3s");
}

TEST_F(PostgresqlLocksOnTables, AStatementTimeoutCountsEachStatementInOneRoundTripAndNamesTheOneThatFailed) {
    const test_history slow(
        {{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
         {.version = 2,
          .name = "step_2",
          .up = {"SELECT\n pg_sleep(0.2)", "SELECT pg_sleep(0.2)", "SELECT pg_sleep(0.2)", "SELECT pg_sleep(60)"},
          .limits = {.statement_timeout = 500}}});
    const error_details refused = failure_of([&] { migrate(*connect(), slow); });
    EXPECT_EQ(refused.code, error_code::statement_failed);
    EXPECT_EQ(refused.sqlstate, "57014");
    EXPECT_EQ(refused.statement, "SELECT pg_sleep(60)");
    EXPECT_THAT(refused.hint, HasSubstr("statement-timeout"));
}

TEST_F(PostgresqlLocksOnTables, AScriptWithoutATransactionIsTriedAgainStatementByStatement) {
    const test_history alone({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                              {.version = 2,
                               .name = "step_2",
                               .up = {"CREATE TABLE b (id int)", "ALTER TABLE a ADD x int"},
                               .mode = transaction_mode::no_transaction}});
    table_holder application(uri);
    tries seen;
    seen.then = [&] { application.let_go(); };
    migrate(*connect(), alone, {.lock_timeout = 60ms, .watch = &seen});
    EXPECT_THAT(seen.messages, SizeIs(1));
    EXPECT_EQ(check(*connect(), alone), database_state::current);
}

TEST_F(PostgresqlLocksOnTables, ADeadlockIsTriedAgain) {
    const test_history raising({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                                {.version = 2,
                                 .name = "step_2",
                                 .up = {"DO $$BEGIN IF nextval('tries') < 3 THEN RAISE 'met' USING ERRCODE = '40P01'; "
                                        "END IF; END$$"}}});
    ask("CREATE SEQUENCE tries");
    tries seen;
    migrate(*connect(), raising, {.lock_timeout = 60ms, .watch = &seen});
    EXPECT_THAT(seen.messages, SizeIs(2));
}

TEST_F(PostgresqlLocksOnTables, AnIndexBuiltConcurrentlyWaitsForAsLongAsItTakes) {
    const test_history index({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                              {.version = 2,
                               .name = "step_2",
                               .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                               .mode = transaction_mode::no_transaction}});
    log_statements();
    migrate(*connect(), index, {.lock_timeout = 60ms});
    EXPECT_THAT(logged_statements(), Not(::testing::Contains(HasSubstr("('lock_timeout', '0', '60')"))));
    EXPECT_EQ(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"), "t");
}

}  // namespace
}  // namespace varve::testing
