#pragma once

#include "compare.hpp"

#include <span>
#include <vector>

namespace varve::core {

/// Makes a step of each row, newest first, and reports what forbids it: no down script, a script that stopped in the
/// middle, other migrations that depend on it.
void add_reverts(std::span<const compared_history>, const ledger_snapshot&, std::vector<const ledger_entry*> rows,
                 plan& into);

}  // namespace varve::core
