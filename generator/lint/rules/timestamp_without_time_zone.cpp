#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void timestamp_without_time_zone(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "timestamp" || !each.type.schema.empty()) continue;
        found.push_back({each.offset,
                         "the timestamp in " + statement.quoted(each.name) +
                             " is no moment in time: it means another one in every time zone",
                         statement.quoted(each.name) + " timestamptz stores the moment, in the same 8 bytes",
                         {}});
    }
}

}  // namespace varve::generator::rules
