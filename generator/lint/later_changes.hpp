#pragma once

#include <lint/rule.hpp>

#include <string>
#include <vector>

namespace varve::generator {

/// What the statements behind this one in its script do. Reads them again: ask only when something was found.
[[nodiscard]] std::vector<statement_change> later_changes(const reviewed_statement&);

/// The keys and indexes that a change gives a table, as the columns each is over. Empty names stand for expressions.
[[nodiscard]] std::vector<std::vector<std::string>> keys_made_by(const change&, const object_name& table);

}  // namespace varve::generator
