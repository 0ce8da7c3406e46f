#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

bool fills_itself(const column_definition& column) {
    return column.default_value != default_kind::none || column.identity || column.generated != generated_kind::none ||
           is_serial(column.type);
}

std::string hint_for(const reviewed_statement& statement, const object_name& table, const column_definition& column) {
    const std::string name = statement.quoted(column.name);
    const std::string written = column.text.empty() ? name + " ... NOT NULL" : column.text;
    std::string hint = "give the rows that are there a value: " + alter_table_text(statement, table) + "ADD COLUMN " +
                       written + " DEFAULT ...;";
    if (statement.history.engine == engine_kind::sqlite) return hint;
    return hint +
           "\nor add it without NOT NULL, fill it, and then: " + alter_column_text(statement, table, column.name) +
           "SET NOT NULL;";
}

}  // namespace

// SQLite refuses it for an empty table, too.
void add_required_column(const reviewed_statement& statement, lint_findings& found) {
    const auto* altered = std::get_if<alter_table>(&statement.change.what);
    if (altered == nullptr) return;
    const bool sqlite = statement.history.engine == engine_kind::sqlite;
    if (!sqlite && !statement.exists_in_production(altered->table)) return;
    for (const alter_table::action& each : altered->actions) {
        const auto* added = std::get_if<add_column>(&each.what);
        if (added == nullptr || !added->column.not_null || fills_itself(added->column)) continue;
        const std::string column = statement.quoted(added->column.name);
        const std::string table = statement.quoted(altered->table);
        found.push_back({each.offset,
                         sqlite ? "SQLite adds no column that is NOT NULL and has no default: " + column
                                : "the new column " + column + " is NOT NULL and has no default: this fails if " +
                                      table + " has rows",
                         hint_for(statement, altered->table, added->column),
                         {}});
    }
}

}  // namespace varve::generator::rules
