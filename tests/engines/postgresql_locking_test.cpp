#include "postgresql_engine_test.hpp"

#include "support/cutting_proxy.hpp"

#include <pqxx/pqxx>

#include <unistd.h>

#include <atomic>
#include <thread>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

class PostgresqlLocking : public postgresql_test {};

TEST_F(PostgresqlLocking, TwentyProgramsMayStartAtOnce) {
    std::vector<std::vector<std::string>> ups;
    for (int each = 0; each < 10; ++each)
        ups.push_back({"CREATE TABLE t" + std::to_string(each) + " (id int)",
                       "INSERT INTO t" + std::to_string(each) + " VALUES (1)"});
    const auto history = shop(ups);
    std::atomic<int> well = 0;
    std::atomic<std::size_t> applied = 0;
    std::vector<std::thread> programs;
    for (int each = 0; each < 20; ++each) {
        programs.emplace_back([&] {
            postgresql_engine engine(uri);
            applied += migrate(engine, history).done.size();
            ++well;
        });
    }
    for (auto& each : programs) each.join();
    EXPECT_EQ(well, 20);
    EXPECT_EQ(applied, 10U) << "each migration once, by whoever";
    EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop'"), "10");
}

TEST_F(PostgresqlLocking, TellsWhoHasTheLock) {
    const auto holder = connect();
    ASSERT_TRUE(holder->try_lock());
    const auto waiter = connect();
    EXPECT_FALSE(waiter->try_lock());
    const std::string who = waiter->lock_holder();
    EXPECT_THAT(who, HasSubstr("user postgres"));
    EXPECT_THAT(who, HasSubstr("application varve postgresql_engine_test"));
    EXPECT_THAT(who, HasSubstr(":" + std::to_string(::getpid()) + ",")) << "host and process";
    EXPECT_THAT(who, HasSubstr("idle"));
    const auto history = shop({{"SELECT 1"}});
    EXPECT_EQ(status(*waiter, history).lock_holder, who);
    holder->unlock();
    EXPECT_EQ(status(*waiter, history).lock_holder, "");
    EXPECT_EQ(waiter->lock_holder(), "");
    EXPECT_TRUE(waiter->try_lock());
}

TEST_F(PostgresqlLocking, UsesTheKeyThatOtherVersionsUse) {
    const auto holder = connect({.schema = "Größe"});
    ASSERT_TRUE(holder->try_lock());
    EXPECT_EQ(ask("SELECT (classid::bigint << 32 | objid::bigint) FROM pg_locks WHERE locktype = 'advisory' AND "
                  "database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
              ask("SELECT ('x'||left(encode(sha256(convert_to('varve:Größe','UTF8')),'hex'),16))::bit(64)::bigint"));
}

TEST_F(PostgresqlLocking, GivesTheLockBackWhenTheEngineGoes) {
    ASSERT_TRUE(connect()->try_lock());
    EXPECT_TRUE(connect()->try_lock());
}

TEST_F(PostgresqlLocking, KeepsOthersFromWritingBetweenTheTransactionsOfARun) {
    migrate(*connect(), shop({{"CREATE TABLE a (id int)"}}));
    const auto holder = connect();
    const auto other = connect();
    const std::int64_t revision = other->read(engine::rows::all).revision;
    ASSERT_TRUE(holder->try_lock());
    EXPECT_EQ(perform(*other, revision, {running({"CREATE TABLE b (id int)"})}), outcome::locked);
    EXPECT_FALSE(has_table("b"));
    EXPECT_EQ(perform(*holder, revision, {running({"CREATE TABLE b (id int)"})}), outcome::done);
}

// Notes when somebody begins to wait.
class waiting_observer : public observer {
public:
    void on_event(const event& what) override { is_waiting = is_waiting || what.kind == event_kind::waiting; }
    std::atomic<bool> is_waiting = false;
};

TEST_F(PostgresqlLocking, AWaitingProgramDoesNotBlockAnIndexBuiltConcurrently) {
    const auto before = shop({{"CREATE TABLE a (id int)"}});
    migrate(*connect(), before);
    const test_history after({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                              {.version = 2, .name = "step_2", .up = {"CREATE TABLE b (id int)"}}});
    const auto holder = connect();
    ASSERT_TRUE(holder->try_lock());
    waiting_observer watch;
    std::thread waiter([&] { migrate(*connect(), after, {.watch = &watch}); });
    while (!watch.is_waiting) std::this_thread::yield();
    runnable index = running({"CREATE INDEX CONCURRENTLY a_id ON a (id)"}).script;
    index.mode = transaction_mode::no_transaction;
    holder->execute_alone(index, 0);
    EXPECT_EQ(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"), "t");
    EXPECT_FALSE(has_table("b"));
    holder->unlock();
    waiter.join();
    EXPECT_TRUE(has_table("b"));
}

TEST_F(PostgresqlLocking, ThroughAPoolerEachTransactionIsLockedByItself) {
    cutting_proxy pooler(server.directory(), 6101);
    pooler.pretend_to_be_a_pooler();
    postgresql_engine engine(uri + "&port=6101");
    ASSERT_TRUE(engine.try_lock());
    EXPECT_EQ(engine.scope(), lock_scope::transaction);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
                  "pg_database WHERE datname = current_database())"),
              "0");
    migrate(engine, shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}}));
    EXPECT_TRUE(has_table("b"));
}

TEST_F(PostgresqlLocking, ThroughAPoolerAScriptWithoutATransactionIsRefusedBeforeAnythingIsDone) {
    cutting_proxy pooler(server.directory(), 6102);
    pooler.pretend_to_be_a_pooler();
    postgresql_engine engine(uri + "&port=6102");
    const test_history history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE a (id int)"}},
                                {.version = 2,
                                 .name = "step_2",
                                 .up = {"CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                                 .mode = transaction_mode::no_transaction}});
    const error_details refused = failure_of([&] { migrate(engine, history); });
    EXPECT_EQ(refused.code, error_code::needs_session);
    EXPECT_EQ(refused.file, "migrations/0002_step_2.sql");
    EXPECT_EQ(refused.line, 1U);
    EXPECT_EQ(refused.statement, "CREATE INDEX CONCURRENTLY a_id ON a (id)");
    EXPECT_EQ(ask("SELECT count(*) FROM varve_ledger WHERE state = 'running'"), "0");
    migrate(*connect(), history);
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

}  // namespace
}  // namespace varve::testing
