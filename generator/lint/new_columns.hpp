#pragma once

#include <lint/rule.hpp>

#include <string_view>
#include <vector>

namespace varve::generator {

/// A column that gets its type in a statement.
struct new_column {
    const object_name& table;
    std::string_view name;
    const type_name& type;
    std::size_t offset;
};

/// Those that the statement makes or gives another type.
[[nodiscard]] std::vector<new_column> new_columns(const reviewed_statement&);

}  // namespace varve::generator
