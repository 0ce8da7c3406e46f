#pragma once

#include <varve/migrate.hpp>

#include <utility>
#include <vector>

namespace varve::core {

/// What `rollback` does. `done` is what it did before it had to plan again: it counts.
[[nodiscard]] plan plan_rollback(const histories&, const ledger_snapshot&, rollback_to, const std::vector<step>& done);

/// The migrations that a `redo` chose when it first planned.
using chosen_migrations = std::vector<std::pair<const history*, std::int64_t>>;

/// What `redo` does; fills `chosen` if it is empty.
[[nodiscard]] plan plan_redo(const histories&, const ledger_snapshot&, std::optional<std::int64_t> version,
                             const std::vector<step>& done, chosen_migrations& chosen);

}  // namespace varve::core
