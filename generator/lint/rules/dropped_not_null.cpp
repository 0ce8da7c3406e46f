#include <lint/actions.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

bool may_be_null_already(const reviewed_statement& statement, const object_name& table, const std::string& column) {
    const known_table* const known = statement.before.find_table(table);
    const known_column* const found = known == nullptr ? nullptr : known->find_column(column);
    return found != nullptr && !found->definition.not_null;
}

}  // namespace

void dropped_not_null(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<drop_not_null>(statement)) {
        const std::string& column = each.action.column;
        if (!statement.exists_in_production(each.table, column) || may_be_null_already(statement, each.table, column))
            continue;
        found.push_back({each.offset,
                         "programs that read " + statement.quoted(each.table) + "." + statement.quoted(column) +
                             " find NULL where there was none: those still running, and those somebody goes back to",
                         "ship programs that can read NULL first; to stop asking for a value, a default is enough:\n" +
                             alter_column_text(statement, each.table, column) + "SET DEFAULT ...;\n" +
                             how_to_allow("M403", "every program has read NULL since 2.4"),
                         made_in(statement, each.table, column)});
    }
}

}  // namespace varve::generator::rules
