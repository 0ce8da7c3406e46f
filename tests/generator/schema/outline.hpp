#pragma once

#include <schema/schema.hpp>

#include <string>
#include <vector>

namespace varve::generator {

/// A schema's tables, columns, constraints and indexes, a line each, sorted: to be compared with what a database says.
/// Without the columns and what follows from them where these are not known.
[[nodiscard]] std::vector<std::string> postgresql_outline(const schema&);
[[nodiscard]] std::vector<std::string> sqlite_outline(const schema&);

}  // namespace varve::generator
