#pragma once

#include "resume.hpp"

#include <varve/problem.hpp>

#include <string>

/// What is said about a script without a transaction that stopped in the middle, where only a person can go on.
namespace varve::core {

/// `7 add_index is half done, 2 of 5`
[[nodiscard]] std::string how_far(const ledger_entry&, const unfinished_script&);

/// Nobody knows whether a statement that was begun took effect: the statement, its place, and what settles it.
[[nodiscard]] problem begun_problem(const ledger_entry&, const unfinished_script&);

/// A finished statement reads differently in this program.
[[nodiscard]] problem changed_problem(const ledger_entry&, const unfinished_script&);

/// One written in C++ that runs in batches, whose file is another one in this program.
[[nodiscard]] problem changed_code_problem(const ledger_entry&);

/// The ledger does not say which statements there are.
[[nodiscard]] problem unrecorded_problem(const ledger_entry&);

}  // namespace varve::core
