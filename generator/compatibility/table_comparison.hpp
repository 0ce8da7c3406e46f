#pragma once

#include <schema/schema.hpp>

#include <functional>
#include <string>

namespace varve::generator {

/// A table before and after a migration, and as released programs know it.
struct table_change {
    const known_table& released;
    const known_table& before;
    const known_table& after;
    engine_kind engine;
};

/// Tells what a program that uses the table as it was released misses: a column that is gone, a type that takes less, a
/// value that must be given.
void compare_tables(const table_change&, const std::function<void(std::string)>& tell);

/// A program that does not know the column cannot insert rows any more.
[[nodiscard]] bool is_required(const column_definition&);

}  // namespace varve::generator
