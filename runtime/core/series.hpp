#pragma once

#include "batches.hpp"
#include "perform.hpp"
#include "run.hpp"

#include <span>
#include <vector>

namespace varve::core {

/// Whether migrations are sent together, as asked for or because the server is far away.
[[nodiscard]] bool sends_together(const engine&, sending);

/// Performs several transactions in order, as one series of the engine; `ranges` are parts of `steps`. What is
/// committed is moved to `done`. Throws with what was done.
[[nodiscard]] performed perform_series(run& of, std::span<step> steps, std::span<const step_range> ranges,
                                       std::vector<step>& done);

}  // namespace varve::core
