#pragma once

#include <lint/rule.hpp>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace varve::generator {

/// One action of ALTER TABLE.
template <typename Action>
struct found_action {
    const object_name& table;
    const Action& action;
    std::size_t offset;
};

/// Those of one kind that the statement does to a table that is in use.
template <typename Action>
std::vector<found_action<Action>> production_actions(const reviewed_statement& statement) {
    std::vector<found_action<Action>> found;
    const auto* altered = std::get_if<alter_table>(&statement.change.what);
    if (altered == nullptr || !statement.exists_in_production(altered->table)) return found;
    for (const alter_table::action& each : altered->actions) {
        if (const auto* action = std::get_if<Action>(&each.what)) {
            found.push_back({altered->table, *action, each.offset});
        }
    }
    return found;
}

/// The beginning of a statement to paste: `ALTER TABLE users `.
[[nodiscard]] std::string alter_table_text(const reviewed_statement&, const object_name& table);

/// `ALTER TABLE users ALTER COLUMN email `
[[nodiscard]] std::string alter_column_text(const reviewed_statement&, const object_name& table,
                                            std::string_view column);

}  // namespace varve::generator
