#include "sqlite_engine_test.hpp"

#include "support/history_builder.hpp"
#include "two_threads.hpp"

#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

#include <gtest/gtest.h>

namespace varve::testing {
namespace {

// Under the thread sanitizer this shows that varve shares nothing between two engines; `./dev test --tsan`.
TEST(SqliteThreads, TwoDatabasesAreMigratedAtOnceAHundredTimes) {
    const migration_text users{.version = 1, .name = "users", .up = {"CREATE TABLE u (id)"}, .down = {"DROP TABLE u"}};
    const migration_text alone{
        .version = 2, .name = "alone", .up = {"VACUUM"}, .mode = transaction_mode::no_transaction};
    const built_history shop("shop", engine_kind::sqlite, {users, alone});
    std::size_t steps[2] = {0, 0};
    const auto migrating = [&](std::size_t& count) {
        return [&] {
            for (int each = 0; each < 100; ++each) {
                sqlite_engine database(":memory:");
                count += migrate(database, shop.get()).done.size();
                (void)status(database, shop.get());
            }
        };
    };
    in_two_threads(migrating(steps[0]), migrating(steps[1]));
    EXPECT_EQ(steps[0], 200U);
    EXPECT_EQ(steps[1], 200U);
}

}  // namespace
}  // namespace varve::testing
