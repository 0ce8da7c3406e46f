#pragma once

#include <varve/migrate.hpp>

#include <functional>
#include <vector>

namespace varve::core {

/// How one of the operations differs from the others.
struct operation {
    /// Decides. Called again if the ledger moved, with what this operation did so far.
    std::function<plan(const ledger_snapshot&, const std::vector<step>& done)> decide;
    ledger_snapshot (*read)(engine&, const histories&) = nullptr;
    grouping transactions = grouping::automatic;
    /// Asked before anything and while waiting: true if there is nothing to do. May be empty.
    std::function<bool()> is_settled;
    /// What follows if a script without a transaction looks half done and may be somebody's work of this moment: it is
    /// waited for, or the plan is refused, because what a person said about a script is no truer when it is done.
    enum class unfinished_work : std::uint8_t { wait, refuse } work_of_others = unfinished_work::wait;
    /// Whether the ledger is created and brought up to date even if there is no step.
    enum class ledger_care : std::uint8_t { with_steps, always } care = ledger_care::with_steps;
};

/// Locks, plans, performs; or plans only, for a dry run.
report operate(engine&, const histories&, const options&, const operation&);

/// Throws `invalid_argument` for histories that cannot be used together or with this engine.
void check_histories(const engine&, const histories&);

/// What must hold for nothing to be pending.
[[nodiscard]] bool is_current(engine&, const histories&);

/// Adds the problem `ledger_too_new` to a plan with steps, if a newer varve changed the ledger so that this one must
/// not write to it.
void refuse_newer_ledger(engine&, const ledger_snapshot&, plan&);

}  // namespace varve::core
