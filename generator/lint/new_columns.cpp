#include <lint/new_columns.hpp>

#include <variant>

namespace varve::generator {

std::vector<new_column> new_columns(const reviewed_statement& statement) {
    std::vector<new_column> found;
    if (const auto* made = std::get_if<create_table>(&statement.change.what)) {
        for (const column_definition& each : made->columns) {
            found.push_back({made->table, each.name, each.type, each.offset});
        }
    }
    if (const auto* altered = std::get_if<alter_table>(&statement.change.what)) {
        for (const alter_table::action& each : altered->actions) {
            if (const auto* added = std::get_if<add_column>(&each.what)) {
                found.push_back({altered->table, added->column.name, added->column.type, added->column.offset});
            } else if (const auto* changed = std::get_if<alter_column_type>(&each.what)) {
                found.push_back({altered->table, changed->column, changed->type, each.offset});
            }
        }
    }
    return found;
}

}  // namespace varve::generator
