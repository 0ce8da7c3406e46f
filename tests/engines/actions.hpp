#pragma once

#include <varve/engine.hpp>

#include <optional>
#include <string>
#include <string_view>
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

/// What `migrate` performs first where there is no ledger: varve's own history, one row for each of its migrations.
[[nodiscard]] std::vector<action> creating_the_ledger(const engine&);

/// Performs actions as one batch.
outcome perform(engine&, std::optional<std::int64_t> expected_revision, const std::vector<action>&, progress&);
/// The same; nobody listens.
outcome perform(engine&, std::optional<std::int64_t> expected_revision, const std::vector<action>&);

/// The same with a single action at the present revision.
outcome perform_next(engine&, const action&);

}  // namespace varve::testing
