#pragma once

#include "text.hpp"

#include <varve/history.hpp>
#include <varve/ledger.hpp>
#include <varve/plan.hpp>
#include <varve/problem.hpp>

#include <string>
#include <string_view>
#include <vector>

/// How migrations are called in messages.
namespace varve::core {

/// `7 add_email`; a repeatable script `R_names`, a seed `dev/users`.
[[nodiscard]] std::string label(std::int64_t version, std::string_view name);
[[nodiscard]] std::string label(const migration&);
[[nodiscard]] std::string label(const ledger_entry&);
[[nodiscard]] std::string label(const step&);

/// `migrations/0007_add_email.sql`; empty if there is no such script.
[[nodiscard]] std::string file_of(const migration&, direction);

/// `7 add_email, 8 add_phone and 3 more`
[[nodiscard]] std::string listing(const std::vector<std::string>& labels);

/// The message and the hint in pieces.
[[nodiscard]] problem problem_with(problem_kind, const migration&, pieces message, pieces hint);
[[nodiscard]] problem problem_with(problem_kind, const ledger_entry&, pieces message, pieces hint);

}  // namespace varve::core
