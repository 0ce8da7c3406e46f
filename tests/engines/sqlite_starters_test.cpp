#include "sqlite_engine_test.hpp"

#include <varve/migrate.hpp>

#include <support/history_builder.hpp>
#include <support/starters.hpp>

#include <chrono>

namespace varve::testing {
namespace {

constexpr int starters = 50;

std::vector<migration_text> ten_migrations() {
    std::vector<migration_text> all;
    for (std::int64_t version = 1; version <= 10; ++version) {
        const std::string name = "t" + std::to_string(version);
        all.push_back({.version = version,
                       .name = name,
                       .up = {"CREATE TABLE " + name + " (process)", "INSERT INTO " + name + " VALUES (1)"}});
    }
    return all;
}

class sqlite_starters : public sqlite_engine_test {
protected:
    /// Fifty programs that migrate at once: all end well, each migration ran once.
    void start_all(grouping transactions) const {
        const built_history history("shop", engine_kind::sqlite, ten_migrations());
        EXPECT_EQ(successful_starts(starters,
                                    [&] {
                                        sqlite_engine db(file(), {.busy_timeout = std::chrono::seconds(60)});
                                        migrate(db, history.get(), {.transactions = transactions});
                                    }),
                  starters);
        sqlite_handle db(file());
        EXPECT_EQ(db.value("SELECT count(*) FROM varve_ledger WHERE history = 'shop'"), "10");
        for (int version = 1; version <= 10; ++version)
            EXPECT_EQ(db.value("SELECT count(*) FROM t" + std::to_string(version)), "1");
    }
};

}  // namespace

TEST_F(sqlite_starters, ApplyEachMigrationOnce) { start_all(grouping::automatic); }

TEST_F(sqlite_starters, ApplyEachMigrationOnceInTransactionsOfTheirOwn) { start_all(grouping::each); }

TEST_F(sqlite_starters, ApplyEachMigrationOnceInWalMode) {
    sqlite_handle(file()).execute("PRAGMA journal_mode = wal");
    start_all(grouping::automatic);
}

}  // namespace varve::testing
