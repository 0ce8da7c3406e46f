#pragma once

#include <varve/plan.hpp>

namespace varve::core {

/// Applies what is pending; what the program does not know stays, or is a problem.
[[nodiscard]] plan plan_to_apply(const histories&, const ledger_snapshot&, const plan_request&);

/// First reverts what the program does not know, then applies what is pending to what is left.
[[nodiscard]] plan plan_to_revert_and_apply(const histories&, const ledger_snapshot&, const plan_request&);

}  // namespace varve::core
