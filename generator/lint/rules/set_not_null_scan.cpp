#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>
#include <schema/implied_names.hpp>

#include <algorithm>
#include <variant>

namespace varve::generator::rules {

namespace {

// What one ALTER TABLE drops is dropped before it sets anything.
bool drops_a_constraint(const statement_change& change) {
    const auto is_drop = [](const alter_table::action& each) {
        return std::holds_alternative<drop_constraint>(each.what);
    };
    return std::ranges::any_of(std::get<alter_table>(change.what).actions, is_drop);
}

bool is_proved(const reviewed_statement& statement, const object_name& name, std::string_view column) {
    const known_table* table = statement.before.find_table(name);
    if (table == nullptr || !table->proves_not_null(column)) return false;
    return table->find_column(column)->definition.not_null || !drops_a_constraint(statement.change);
}

}  // namespace

void set_not_null_scan(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<set_not_null>(statement)) {
        if (is_proved(statement, each.table, each.action.column)) continue;
        const std::string alter = alter_table_text(statement, each.table);
        const std::string column = statement.quoted(each.action.column);
        const std::string check = statement.quoted(implied_name(each.table.name, each.action.column, "not_null"));
        found.push_back({each.offset,
                         "SET NOT NULL reads every row under an ACCESS EXCLUSIVE lock: nobody can read or write " +
                             statement.quoted(each.table) + " until that is done",
                         "with a CHECK that was validated PostgreSQL believes it without reading:\n" + alter +
                             "ADD CONSTRAINT " + check + " CHECK (" + column +
                             " IS NOT NULL) NOT VALID;\nthen, in the next migration:\n" + alter +
                             "VALIDATE CONSTRAINT " + check + ";\nand in the one behind it:\n" + alter +
                             "ALTER COLUMN " + column + " SET NOT NULL;\n" + alter + "DROP CONSTRAINT " + check + ";",
                         {}});
    }
}

}  // namespace varve::generator::rules
