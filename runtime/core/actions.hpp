#pragma once

#include "ledger_rows.hpp"

#include <varve/engine.hpp>
#include <varve/plan.hpp>

#include <span>
#include <vector>

namespace varve::core {

/// The row with that id; null if it is not in the snapshot.
[[nodiscard]] const ledger_entry* row_with(const ledger_snapshot&, std::int64_t id);

/// Steps made concrete, for one transaction: their statements and the ledger rows that commit with them. The rows'
/// ids follow `newest`. The actions refer to the steps.
[[nodiscard]] std::vector<action> actions_for(std::span<const step>, const ledger_snapshot&, std::int64_t newest,
                                              const author&);

}  // namespace varve::core
