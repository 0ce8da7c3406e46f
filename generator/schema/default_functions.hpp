#pragma once

#include <string_view>

namespace varve::generator {

/// A function of PostgreSQL's own that has one value for the whole statement: as a default of a new column it is
/// computed once, and no row is written. Every other function may have another value for each row.
[[nodiscard]] bool is_stable_function(std::string_view name);

}  // namespace varve::generator
