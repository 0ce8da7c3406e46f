#pragma once

#include "connection.hpp"

#include <varve/engine.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace varve::sqlite {

/// One query each; none opens a transaction or waits longer than the busy timeout. They throw `refusal`, and `error`
/// for a row that this varve does not understand.

/// Whether the active marks of each history add up to what is expected. False without a ledger.
[[nodiscard]] bool ledger_says(const connection&, std::span<const expected_marks>);

/// The newest id, 0 in an empty ledger; nothing without a ledger.
[[nodiscard]] std::optional<std::int64_t> newest_id(const connection&);

[[nodiscard]] ledger_snapshot read_ledger(const connection&, engine::rows);

[[nodiscard]] std::vector<stored_statement> read_stored_statements(const connection&, std::int64_t ledger_id,
                                                                   direction);

}  // namespace varve::sqlite
