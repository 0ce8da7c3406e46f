#include "old_units/old_postgresql_1.hpp"
#include "upgrade.hpp"

#include <support/postgresql_server.hpp>

#include <varve/postgresql.hpp>

#include <now_postgresql_1.hpp>

#include <gtest/gtest.h>
#include <pqxx/pqxx>

namespace varve::testing {
namespace {

/// A database as a program with version 1 of the ledger left it.
class UpgradeOnPostgresql : public ::testing::Test {
protected:
    void SetUp() override {
        pqxx::connection loading(uri);
        pqxx::nontransaction(loading).exec(frozen_file("postgresql_ledger_1.sql"));
    }

    std::string uri = shared_postgresql_server().uri(shared_postgresql_server().create_database());
    postgresql_engine on{uri};
};

TEST_F(UpgradeOnPostgresql, AnOldLockFileMeansTheSame) {
    expect_same_beginning(old_postgresql_1::history, now_postgresql_1::history);
}

TEST_F(UpgradeOnPostgresql, AnOldLedgerGoesOnWithItsOldProgramAndWithANewOne) {
    expect_old_ledger_goes_on(on, old_postgresql_1::history, now_postgresql_1::history);
}

TEST_F(UpgradeOnPostgresql, AProgramOlderThanTheLedgerIsToldAndCanRevert) {
    expect_older_program_is_told(on, old_postgresql_1::history);
}

}  // namespace
}  // namespace varve::testing
