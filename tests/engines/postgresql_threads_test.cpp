#include "postgresql_engine_test.hpp"

#include "two_threads.hpp"

#include <varve/server_progress.hpp>

namespace varve::testing {
namespace {

class counting : public observer {
public:
    void on_event(const event& told) override { count += told.kind == event_kind::committed ? 1U : 0U; }
    std::size_t count = 0;
};

class PostgresqlThreads : public postgresql_test {
protected:
    static void migrate_up_and_down(postgresql_engine& database, const history& known, observer& told) {
        for (int each = 0; each < 100; ++each) {
            migrate(database, known, {.watch = &told});
            rollback(database, known, rollback_to::base());
        }
    }
};

// Under the thread sanitizer this shows that varve shares nothing between two engines; `./dev test --tsan`. One of them
// has its statements sent by threads of their own, and looked at at once.
TEST_F(PostgresqlThreads, TwoDatabasesAreMigratedAtOnceAHundredTimes) {
    const migration_text users{
        .version = 1, .name = "users", .up = {"CREATE TABLE u (id int)"}, .down = {"DROP TABLE u"}};
    const built_history shop("shop", engine_kind::postgresql, std::vector{users});
    postgresql_engine first(uri, {.watch = server_progress()});
    postgresql_engine second(server.uri(server.create_database()));
    counting told_first;
    counting told_second;
    in_two_threads([&] { migrate_up_and_down(first, shop.get(), told_first); },
                   [&] { migrate_up_and_down(second, shop.get(), told_second); });
    EXPECT_EQ(told_first.count, 100U);
    EXPECT_EQ(told_second.count, 100U);
}

}  // namespace
}  // namespace varve::testing
