#pragma once

#include "perform.hpp"
#include "run.hpp"

namespace varve::core {

/// Performs a migration written in C++ that is called again and again, each time in a transaction of its own which also
/// notes how far it is.
[[nodiscard]] performed perform_in_batches(run&, const step&);

}  // namespace varve::core
