#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void char_n(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "bpchar" || !each.type.schema.empty()) continue;
        found.push_back({each.offset,
                         "char fills " + statement.quoted(each.name) +
                             " up with spaces, which some comparisons see and others do not",
                         statement.quoted(each.name) + " text, with a CHECK of its length if that matters",
                         {}});
    }
}

}  // namespace varve::generator::rules
