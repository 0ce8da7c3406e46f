#pragma once

#include <lint/rule.hpp>

#include <optional>

namespace varve::generator {

/// The table in use that a statement of the same script locks until the end of its transaction so that nobody can read
/// it (ACCESS EXCLUSIVE), if it does.
[[nodiscard]] std::optional<object_name> locked_exclusively(const reviewed_statement& within, const statement_change&);

}  // namespace varve::generator
