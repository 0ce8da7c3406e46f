#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

/// Why every row gets a value of its own when the column is added; empty: none does.
std::string reason_of(const column_definition& column) {
    if (column.identity) return "an identity column";
    if (is_serial(column.type)) return "a " + column.type.name + " column";
    if (column.generated == generated_kind::stored) return "a stored generated column";
    if (column.default_value == default_kind::volatile_expression)
        return "a column with a default of its own for each row";
    return {};
}

std::string hint_in_steps(const reviewed_statement& statement, const object_name& table,
                          const column_definition& column) {
    const std::string add = alter_table_text(statement, table) + "ADD COLUMN " + statement.quoted(column.name) + " ";
    if (column.generated == generated_kind::stored) {
        return "compute it in a view, or in the queries; or add a plain column that a trigger fills, and fill the old "
               "rows in batches:\n" +
               add + type_text(column.type) + ";";
    }
    const bool counts = column.identity || is_serial(column.type);
    if (counts) {
        return "add a plain column, fill it in batches, and only then give it its sequence:\n" + add +
               integer_text(column.type) + ";";
    }
    return "add it without the default, which new rows get then, and fill the old ones in batches:\n" + add +
           type_text(column.type) + ";\n" + alter_column_text(statement, table, column.name) + "SET DEFAULT " +
           (column.default_text.empty() ? "..." : column.default_text) + ";";
}

}  // namespace

void volatile_default_rewrite(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<add_column>(statement)) {
        const std::string reason = reason_of(each.action.column);
        if (reason.empty()) continue;
        found.push_back({each.offset,
                         "adding " + reason +
                             " writes every row anew under an ACCESS EXCLUSIVE lock: nobody can read or write " +
                             statement.quoted(each.table) + " until that is done",
                         hint_in_steps(statement, each.table, each.action.column),
                         {}});
    }
}

}  // namespace varve::generator::rules
