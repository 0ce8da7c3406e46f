#include <lint/later_changes.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

bool is_primary(const constraint_definition& constraint) { return constraint.kind == constraint_kind::primary_key; }

bool has_primary_key(const create_table& made) {
    return std::ranges::any_of(made.constraints, is_primary) ||
           std::ranges::any_of(made.columns, [](const column_definition& each) {
               return std::ranges::any_of(each.constraints, is_primary);
           });
}

bool adds_primary_key(const statement_change& change, const object_name& table) {
    const auto* altered = std::get_if<alter_table>(&change.what);
    if (altered == nullptr || altered->table != table) return false;
    return std::ranges::any_of(altered->actions, [](const alter_table::action& each) {
        const auto* constraint = std::get_if<add_constraint>(&each.what);
        const auto* column = std::get_if<add_column>(&each.what);
        return (constraint != nullptr && is_primary(constraint->constraint)) ||
               (column != nullptr && std::ranges::any_of(column->column.constraints, is_primary));
    });
}

}  // namespace

// Of a table whose columns another one tells, nothing is known.
void table_without_primary_key(const reviewed_statement& statement, lint_findings& found) {
    const auto* made = std::get_if<create_table>(&statement.change.what);
    if (made == nullptr || made->temporary || made->like_others || has_primary_key(*made)) return;
    if (!made->partition_of.name.empty() || !made->inherits.empty()) return;
    const auto gets_one = [&](const statement_change& each) { return adds_primary_key(each, made->table); };
    if (std::ranges::any_of(later_changes(statement), gets_one)) return;
    found.push_back({statement.change.offset,
                     "the table " + statement.quoted(made->table) +
                         " has no primary key: a row cannot be told from its copy, and logical replication refuses "
                         "UPDATE and DELETE",
                     "add a column: id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                     {}});
}

}  // namespace varve::generator::rules
