#pragma once

#include "compare.hpp"

#include <span>

namespace varve::core {

/// Adds to the plan every problem that history and ledger have with each other, whatever is planned; and notes about
/// what is unusual but tolerated.
void report_disagreements(std::span<const compared_history>, const ledger_snapshot&, newer_database, plan& into);

/// The active rows of what a newer program, or one of another branch, applied: neither lost nor renumbered.
[[nodiscard]] std::vector<const ledger_entry*> newer_rows(const compared_history&);

/// The problem of a script without a transaction that stopped in the middle; none if `migrate` may go on with it.
[[nodiscard]] std::optional<problem> half_done_problem(const compared_migration&, const ledger_snapshot&);

/// How many statements of an unfinished, resumable up script are done.
[[nodiscard]] std::int32_t finished_statements(const compared_migration&, const ledger_snapshot&);

/// The embedded migration that an active row belongs to under another, free version.
[[nodiscard]] const compared_migration* renumbered_to(const compared_history&, const ledger_entry&);

}  // namespace varve::core
