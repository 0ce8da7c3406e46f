#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <array>

namespace varve::generator::rules {
namespace {

bool is_small_integer(const type_name& type) {
    constexpr std::array<std::string_view, 6> names{"int4", "int2", "serial", "serial4", "smallserial", "serial2"};
    return type.schema.empty() && type.array_dimensions == 0 && std::ranges::find(names, type.name) != names.end();
}

/// The column a table is identified by, if it is one.
std::string_view only_key_column(const create_table& made) {
    const auto is_key = [](const constraint_definition& each) { return each.kind == constraint_kind::primary_key; };
    for (const column_definition& each : made.columns) {
        if (std::ranges::any_of(each.constraints, is_key)) return each.name;
    }
    const auto key = std::ranges::find_if(made.constraints, is_key);
    return key != made.constraints.end() && key->columns.size() == 1 ? std::string_view(key->columns.front())
                                                                     : std::string_view();
}

bool refers_elsewhere(const create_table& made, std::string_view key) {
    const auto refers = [key](const constraint_definition& each) {
        return each.kind == constraint_kind::foreign_key && each.columns.size() == 1 && each.columns.front() == key;
    };
    return std::ranges::any_of(made.constraints, refers) ||
           std::ranges::any_of(made.columns, [&](const column_definition& each) {
               return std::ranges::any_of(each.constraints, refers);
           });
}

}  // namespace

void int_primary_key(const reviewed_statement& statement, lint_findings& found) {
    const auto* made = std::get_if<create_table>(&statement.change.what);
    if (made == nullptr || made->temporary) return;
    const std::string_view key = only_key_column(*made);
    for (const new_column& each : new_columns(statement)) {
        // A key that refers to another table's is as wide as that.
        if (key.empty() || each.name != key || !is_small_integer(each.type) || refers_elsewhere(*made, key)) continue;
        const std::string limit = each.type.name.find('2') != std::string::npos || each.type.name == "smallserial"
                                      ? "32,767"
                                      : "2,147,483,647";
        found.push_back({each.offset,
                         "the primary key " + statement.quoted(each.name) + " ends at " + limit +
                             ", and to widen it later writes the table and everything that refers to it anew",
                         statement.quoted(each.name) + " bigint",
                         {}});
    }
}

}  // namespace varve::generator::rules
