#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void set_not_null_scan(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<set_not_null>(statement)) {
        const known_table* table = statement.before.find_table(each.table);
        if (table != nullptr && table->proves_not_null(each.action.column)) continue;
        const std::string alter = alter_table_text(statement, each.table);
        const std::string column = statement.quoted(each.action.column);
        const std::string check = statement.quoted(each.table.name + "_" + each.action.column + "_not_null");
        found.push_back({each.offset,
                         "SET NOT NULL reads every row under an ACCESS EXCLUSIVE lock: nobody can read or write " +
                             statement.quoted(each.table) + " until that is done",
                         "with a CHECK that was validated PostgreSQL believes it without reading:\n" + alter +
                             "ADD CONSTRAINT " + check + " CHECK (" + column +
                             " IS NOT NULL) NOT VALID;\nthen, in the next migration:\n" + alter +
                             "VALIDATE CONSTRAINT " + check + ";\nand in the one behind it:\n" + alter +
                             "ALTER COLUMN " + column + " SET NOT NULL, DROP CONSTRAINT " + check + ";",
                         {}});
    }
}

}  // namespace varve::generator::rules
