#include "sqlite_engine_test.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using rows = engine::rows;
using clock = std::chrono::steady_clock;

/// Lets go of somebody's lock when a connection has asked for it often enough.
class giving_in {
public:
    giving_in(const sqlite_handle& waiting, const sqlite_handle& holding, int after)
        : holding_(holding), patience_(after) {
        sqlite3_busy_handler(waiting.get(), &asked, this);
    }
    [[nodiscard]] int times() const { return times_; }

private:
    static int asked(void* self, int /*times*/) {
        auto& me = *static_cast<giving_in*>(self);
        if (++me.times_ == me.patience_) me.holding_.execute("ROLLBACK");
        return 0;  // SQLite gives up; whoever called it may try again
    }
    const sqlite_handle& holding_;
    int patience_;
    int times_ = 0;
};

class sqlite_busy : public sqlite_engine_test {
protected:
    void SetUp() override { create_ledger(); }
    sqlite_handle other{file()};
};

}  // namespace

TEST_F(sqlite_busy, WaitsForTheTimeoutBeforeItGivesUpReading) {
    other.execute("BEGIN EXCLUSIVE");
    sqlite_engine db(file(), {.busy_timeout = 60ms});
    const auto begun = clock::now();
    const auto refused = error_of([&] { (void)db.is_current({}); });
    EXPECT_GE(clock::now() - begun, 60ms);
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_EQ(refused.sqlstate, "SQLITE_BUSY");
    EXPECT_THAT(refused.message, ::testing::HasSubstr("locked"));
    EXPECT_FALSE(refused.hint.empty());
    EXPECT_EQ(error_of([&] { (void)db.read(rows::all); }).code, error_code::database_unusable);
    other.execute("ROLLBACK");
    EXPECT_TRUE(db.read(rows::all).exists);
}

TEST_F(sqlite_busy, WaitsForTheTimeoutBeforeItSaysThatSomebodyElseWrites) {
    other.execute("BEGIN IMMEDIATE");
    sqlite_engine db(file(), {.busy_timeout = 60ms});
    const auto begun = clock::now();
    EXPECT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::locked);
    EXPECT_GE(clock::now() - begun, 60ms);
    other.execute("ROLLBACK");
    EXPECT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::done);
}

TEST_F(sqlite_busy, ReadsWhileSomebodyElsePreparesToWrite) {
    other.execute("BEGIN IMMEDIATE");
    sqlite_engine db(file(), {.busy_timeout = 0ms});
    EXPECT_TRUE(db.read(rows::all).exists);
}

TEST_F(sqlite_busy, WaitsOnABorrowedConnectionThatDoesNot) {
    const sqlite_handle callers(file());
    sqlite_engine db(callers.get());
    other.execute("BEGIN EXCLUSIVE");
    const giving_in while_reading(callers, other, 3);
    EXPECT_TRUE(db.read(rows::all).exists);
    EXPECT_EQ(while_reading.times(), 3);
    other.execute("BEGIN IMMEDIATE");
    const giving_in while_beginning(callers, other, 3);
    EXPECT_EQ(perform(db, 1, {migrating(2, {})}), outcome::done);
    EXPECT_EQ(while_beginning.times(), 3);
}

TEST_F(sqlite_busy, RepeatsACommitThatAReaderIsInTheWayOf) {
    const sqlite_handle callers(file());
    sqlite_engine db(callers.get());
    other.execute("BEGIN; SELECT * FROM varve_ledger");
    const giving_in while_committing(callers, other, 4);
    EXPECT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::done);
    EXPECT_EQ(while_committing.times(), 4);
    EXPECT_TRUE(has_table("a"));
}

TEST_F(sqlite_busy, KeepsNothingIfAReaderDoesNotEndBeforeTheTimeout) {
    other.execute("BEGIN; SELECT * FROM varve_ledger");
    sqlite_engine db(file(), {.busy_timeout = 60ms});
    const auto refused = error_of([&] { (void)perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}); });
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_EQ(refused.sqlstate, "SQLITE_BUSY");
    other.execute("ROLLBACK");
    EXPECT_FALSE(has_table("a"));
    EXPECT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::done);
}

TEST_F(sqlite_busy, SaysThatNothingHappenedIfAStatementByItselfFoundTheDatabaseLocked) {
    other.execute("BEGIN IMMEDIATE");
    sqlite_engine db(file(), {.busy_timeout = 20ms});
    const auto refused = error_of([&] { db.execute_alone(running({"CREATE TABLE a (id integer)"}).script, 0); });
    EXPECT_EQ(refused.code, error_code::statement_failed) << "it had no effect, so it may be run again";
    EXPECT_EQ(refused.sqlstate, "SQLITE_BUSY");
}

TEST_F(sqlite_busy, TellsWritersOfASharedCacheApart) {
    const std::string name = "file:varve_busy_shared?mode=memory&cache=shared";
    const sqlite_handle writer(name);
    sqlite_engine db(name, {.busy_timeout = 20ms});
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    writer.execute("BEGIN IMMEDIATE");
    EXPECT_EQ(perform(db, 1, {migrating(2, {})}), outcome::locked);
}

}  // namespace varve::testing
