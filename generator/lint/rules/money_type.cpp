#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void money_type(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "money" || !each.type.schema.empty()) continue;
        found.push_back({each.offset,
                         "what money in " + statement.quoted(each.name) +
                             " is worth depends on the setting lc_monetary: it stores no currency",
                         statement.quoted(each.name) + " numeric(12,2), with the currency in a column of its own",
                         {}});
    }
}

}  // namespace varve::generator::rules
