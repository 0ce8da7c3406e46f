#pragma once

#include "compare.hpp"

#include <span>

namespace varve::core {

/// Finds the history that a version means: in exactly one of them, among the embedded migrations or, with
/// `lookup::ledger_too`, the active rows this program does not contain. Otherwise null, and a problem.
enum class lookup : std::uint8_t { embedded, ledger_too };
[[nodiscard]] const compared_history* history_of(std::span<const compared_history>, std::int64_t version, lookup,
                                                 plan& into);

}  // namespace varve::core
