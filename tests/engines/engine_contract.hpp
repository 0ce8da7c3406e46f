#pragma once

#include "actions.hpp"
#include "engine_under_test.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace varve::testing {

/// What every engine promises (varve/engine.hpp). The parameter makes the engine and its database.
class engine_contract : public ::testing::TestWithParam<engine_factory> {
protected:
    void SetUp() override;

    /// Creates the ledger the way `migrate` does: varve's own history, one row for each of its migrations.
    void create_ledger(engine&);

    /// Then `shop` has two applied migrations, `first` with mark 10 and `second` with mark 20.
    void create_ledger_with_two_rows();

    /// The newest id, as read by a new engine.
    [[nodiscard]] std::int64_t revision();

    /// All rows, as read by a new engine.
    [[nodiscard]] ledger_snapshot everything();

    /// Performs one action that only writes rows, at the present revision.
    outcome write(engine&, ledger_change);

    std::unique_ptr<engine_under_test> database;
    std::unique_ptr<engine> db;  ///< connected to the database
    ledger_entry first;
    ledger_entry second;
};

}  // namespace varve::testing
