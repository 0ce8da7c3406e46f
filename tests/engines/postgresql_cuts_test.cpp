#include "postgresql_kills_test.hpp"

#include "support/cutting_proxy.hpp"

#include <thread>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

constexpr int cuts = 100;

class PostgresqlCuts : public postgresql_test {
protected:
    [[nodiscard]] std::string through() const { return uri + "&port=6501"; }
    cutting_proxy proxy{server.directory(), 6501};
    killed_postgresql victim{uri};
    const built_history what{"shop", engine_kind::postgresql, transactional_and_not()};
};

// Twice: for strings of one transaction and of several.
TEST_F(PostgresqlCuts, AtAnyByteOfARunAreSettledByTheLedger) {
    for (const sending send : {sending::one_by_one, sending::together}) {
        victim.clear();
        std::int64_t whole = -proxy.forwarded();
        {
            postgresql_engine engine(through());
            migrate(engine, what.get(), {.send = send});
        }
        whole += proxy.forwarded();
        int failed = 0;
        for (int each = 1; each <= cuts / 2; ++each) {
            victim.clear();
            proxy.cut_after(whole * each / (cuts / 2 + 1));
            try {
                postgresql_engine engine(through());
                const report done = migrate(engine, what.get(), {.send = send});
                EXPECT_LE(done.done.size(), 6U);
                expect_all_done(victim, what.get());
            } catch (const error& failure) {
                ++failed;
                EXPECT_NE(failure.code(), error_code::in_doubt) << failure.what();
            }
            victim.settle();
            expect_ledger_true(victim);
            decide(victim, what.get());
            migrate(*connect(), what.get());
            expect_all_done(victim, what.get());
            ASSERT_FALSE(HasFailure()) << "cut " << each;
        }
        EXPECT_GT(failed, 0);
    }
    EXPECT_EQ(proxy.cuts(), cuts);
}

TEST(PostgresqlCrash, InTheMiddleOfAStatementIsSettledByTheLedger) {
    postgresql_server server;
    const std::string name = server.create_database();
    const std::string uri = server.uri(name);
    {
        pqxx::connection setting(uri);  // a commit that was answered must be there after a crash
        pqxx::nontransaction(setting).exec("ALTER DATABASE " + name + " SET synchronous_commit = on");
    }
    const auto history = shop({{"CREATE TABLE first (id int)"},
                               {"CREATE TABLE second (id int)", "SELECT pg_sleep(60)"},
                               {"CREATE TABLE third (id int)"}});
    std::thread crashing([&] {
        pqxx::connection asking(uri);
        pqxx::nontransaction session(asking);
        const auto asleep = [&] {
            return session.exec("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").size() != 0;
        };
        while (!asleep()) std::this_thread::yield();
        server.crash();
    });
    postgresql_engine engine(uri);
    const auto failure = failure_of([&] { migrate(engine, history, {.send = sending::one_by_one}); });
    crashing.join();
    EXPECT_EQ(failure.code, error_code::connection_failed);
    EXPECT_THAT(failure.message, HasSubstr("nothing of it was kept"));
    EXPECT_EQ(failure.done, "applied shop 1");
    const auto ledger = engine.read(engine::rows::active);
    EXPECT_EQ(ledger.entries.back().version, 1);
    pqxx::connection looking(uri);
    EXPECT_TRUE(pqxx::nontransaction(looking).exec("SELECT to_regclass('second')")[0][0].is_null());
}

}  // namespace
}  // namespace varve::testing
