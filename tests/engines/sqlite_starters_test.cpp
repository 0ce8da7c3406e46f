#include "sqlite_engine_test.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace varve::testing {
namespace {

constexpr int starters = 12;

/// What a program does when it starts, without the plan: the ledger first, then one migration.
void start(const std::string& file) {
    sqlite_engine db(file, {.busy_timeout = std::chrono::seconds(60)});
    for (;;) {
        const ledger_snapshot seen = db.read(engine::rows::all);
        if (seen.revision == 2) return;
        if (!seen.exists) {
            (void)perform(db, std::nullopt, creating_the_ledger(db));
        } else {
            (void)perform(
                db, seen.revision,
                {migrating(2, {"CREATE TABLE IF NOT EXISTS starts (process)", "INSERT INTO starts VALUES (1)"})});
        }
    }
}

class sqlite_starters : public sqlite_engine_test {
protected:
    /// Starts processes that all wait for the same moment, and counts those that succeeded.
    [[nodiscard]] int successful_starts() const {
        std::array<int, 2> gate{};
        EXPECT_EQ(::pipe(gate.data()), 0);
        for (int each = 0; each < starters; ++each) {
            if (::fork() != 0) continue;
            ::close(gate[1]);
            char ignored = 0;
            while (::read(gate[0], &ignored, 1) > 0) {
            }
            try {
                start(file());
            } catch (...) {
                ::_exit(1);
            }
            ::_exit(0);
        }
        ::close(gate[0]);
        ::close(gate[1]);
        int successful = 0;
        for (int each = 0; each < starters; ++each) {
            int status = 0;
            ::wait(&status);
            if (status == 0) ++successful;
        }
        return successful;
    }
};

}  // namespace

TEST_F(sqlite_starters, ApplyAMigrationExactlyOnce) {
    EXPECT_EQ(successful_starts(), starters);
    EXPECT_EQ(sqlite_handle(file()).value("SELECT count(*) FROM starts"), "1");
}

TEST_F(sqlite_starters, ApplyAMigrationExactlyOnceInWalMode) {
    sqlite_handle(file()).execute("PRAGMA journal_mode = wal");
    EXPECT_EQ(successful_starts(), starters);
    EXPECT_EQ(sqlite_handle(file()).value("SELECT count(*) FROM starts"), "1");
}

}  // namespace varve::testing
