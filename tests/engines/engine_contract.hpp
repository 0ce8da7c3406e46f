#pragma once

#include "engine_under_test.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace varve::testing {

/// What an engine told while it performed, as lines: `action 0`, `begin 0.1`, `end 0.1`.
class recorded_progress : public progress {
public:
    void action_started(std::size_t action) override;
    void statement_begun(std::size_t action, std::size_t statement) override;
    void statement_ended(std::size_t action, std::size_t statement) override;
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    std::vector<std::string> lines_;
};

/// A statement as the generator would have cut it.
[[nodiscard]] statement at(std::uint32_t line, std::uint32_t column, std::string_view sql);

/// An action that runs statements, one a line from line 1, and writes no ledger row.
[[nodiscard]] action running(std::vector<std::string_view> statements);

/// A row as `migrate` writes it for a migration that is applied.
[[nodiscard]] ledger_entry applied_row(std::int64_t id, std::int64_t version, std::int64_t mark);

/// What every engine promises (varve/engine.hpp). The parameter makes the engine and its database.
class engine_contract : public ::testing::TestWithParam<engine_factory> {
protected:
    void SetUp() override;

    /// Performs actions as one batch.
    outcome perform(engine&, std::optional<std::int64_t> expected_revision, const std::vector<action>&);
    outcome perform(engine&, std::optional<std::int64_t> expected_revision, const std::vector<action>&, progress&);

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
