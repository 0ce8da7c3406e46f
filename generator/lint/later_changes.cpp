#include <lint/later_changes.hpp>

#include <schema/script_changes.hpp>

#include <utility>
#include <variant>

namespace varve::generator {
namespace {

using column_lists = std::vector<std::vector<std::string>>;

void keep_key(const constraint_definition& constraint, column_lists& keys) {
    if (constraint.kind == constraint_kind::primary_key || constraint.kind == constraint_kind::unique)
        keys.push_back(constraint.columns);
}

void keep_keys(const column_definition& column, column_lists& keys) {
    for (const constraint_definition& each : column.constraints) keep_key(each, keys);
}

}  // namespace

std::vector<statement_change> later_changes(const reviewed_statement& statement) {
    std::vector<statement_change> changes = changes_of(statement.script, statement.history.engine);
    const auto behind = static_cast<std::ptrdiff_t>(statement.change.statement + 1);
    changes.erase(changes.begin(), changes.begin() + behind);
    return changes;
}

std::vector<std::vector<std::string>> keys_made_by(const change& what, const object_name& table) {
    column_lists keys;
    if (const auto* made = std::get_if<create_table>(&what); made != nullptr && made->table == table) {
        for (const column_definition& each : made->columns) keep_keys(each, keys);
        for (const constraint_definition& each : made->constraints) keep_key(each, keys);
    }
    if (const auto* altered = std::get_if<alter_table>(&what); altered != nullptr && altered->table == table) {
        for (const alter_table::action& each : altered->actions) {
            if (const auto* added = std::get_if<add_constraint>(&each.what)) keep_key(added->constraint, keys);
            if (const auto* added = std::get_if<add_column>(&each.what)) keep_keys(added->column, keys);
        }
    }
    if (const auto* index = std::get_if<create_index>(&what); index != nullptr && index->table == table)
        keys.push_back(index->columns);
    return keys;
}

}  // namespace varve::generator
