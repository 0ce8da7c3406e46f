#pragma once

#include <schema/changes.hpp>

#include <string>

namespace varve::generator {

/// What a statement does, in one line: for comparing, and for tables of expectations.
[[nodiscard]] std::string described(const change&);
[[nodiscard]] std::string described(const table_action&);
[[nodiscard]] std::string described(const column_definition&);
[[nodiscard]] std::string described(const constraint_definition&);

}  // namespace varve::generator
