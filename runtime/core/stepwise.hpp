#pragma once

#include "perform.hpp"

namespace varve::core {

/// Performs a step whose script runs without a transaction: the ledger notes each statement before it is begun and
/// after it ended, so that a stop at any moment can be gone on from, or is at least known.
[[nodiscard]] performed perform_stepwise(run& of, const step&);

}  // namespace varve::core
