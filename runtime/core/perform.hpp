#pragma once

#include "batches.hpp"
#include "run.hpp"

namespace varve::core {

/// Whether a plan was carried out, or the ledger moved and another plan has to be made.
enum class performed : std::uint8_t { all, plan_again };

/// Performs the steps of a plan, batch by batch, and adds them to `of.done`. Throws with what was done.
[[nodiscard]] performed perform(run& of, std::vector<step>, grouping, sending);

/// Performs steps of the ledger's own history: nobody is told, and they are not counted as done.
[[nodiscard]] performed perform_silently(run& of, std::vector<step>);

}  // namespace varve::core
