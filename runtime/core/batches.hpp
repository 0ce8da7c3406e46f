#pragma once

#include <varve/migrate.hpp>

#include <cstddef>
#include <vector>

namespace varve::core {

/// Steps [first, last) of a plan that are performed together.
struct step_range {
    std::size_t first = 0;
    std::size_t last = 0;
    enum class way : std::uint8_t { transaction, stepwise, in_batches } how = way::transaction;
};

/// Cuts a plan into transactions: maximal runs of steps with the same mode and foreign_keys setting, or each step its
/// own. A script without a transaction is always alone.
[[nodiscard]] std::vector<step_range> cut(const std::vector<step>&, grouping, engine_kind);

/// Adds the problem `mixed_batch` for each step that keeps the plan from being one transaction, if that was asked for.
void refuse_mixed(plan&, grouping);

}  // namespace varve::core
