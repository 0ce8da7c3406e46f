#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace varve::generator {

class memory_database;

/// What is wrong with the foreign keys of a database: a sentence, and how often.
using foreign_key_violations = std::map<std::string, std::size_t>;

[[nodiscard]] foreign_key_violations check_foreign_keys(const memory_database&);

/// A violation that is in the second, but not, or less often, in the first; empty if there is none.
[[nodiscard]] std::string new_violation(const foreign_key_violations& before, const foreign_key_violations& after);

}  // namespace varve::generator
