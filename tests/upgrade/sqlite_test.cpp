#include "old_units/old_sqlite_1.hpp"
#include "upgrade.hpp"

#include <engines/sqlite_handle.hpp>

#include <varve/sqlite.hpp>

#include <now_sqlite_1.hpp>

#include <gtest/gtest.h>

namespace varve::testing {
namespace {

/// A database as a program with version 1 of the ledger left it.
class UpgradeOnSqlite : public ::testing::Test {
protected:
    void SetUp() override { handle.execute(frozen_file("sqlite_ledger_1.sql")); }

    sqlite_handle handle{":memory:"};
    sqlite_engine on{handle.get()};
};

TEST_F(UpgradeOnSqlite, AnOldLockFileMeansTheSame) {
    expect_same_beginning(old_sqlite_1::history, now_sqlite_1::history);
}

TEST_F(UpgradeOnSqlite, AnOldLedgerGoesOnWithItsOldProgramAndWithANewOne) {
    expect_old_ledger_goes_on(on, old_sqlite_1::history, now_sqlite_1::history);
}

TEST_F(UpgradeOnSqlite, AProgramOlderThanTheLedgerIsToldAndCanRevert) {
    expect_older_program_is_told(on, old_sqlite_1::history);
}

}  // namespace
}  // namespace varve::testing
