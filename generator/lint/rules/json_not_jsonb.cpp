#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void json_not_jsonb(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "json" || !each.type.schema.empty()) continue;
        found.push_back({each.offset,
                         "json in " + statement.quoted(each.name) +
                             " cannot be compared: SELECT DISTINCT and GROUP BY fail on it, and no index finds in it",
                         statement.quoted(each.name) + " jsonb, unless the text must stay as it was written",
                         {}});
    }
}

}  // namespace varve::generator::rules
