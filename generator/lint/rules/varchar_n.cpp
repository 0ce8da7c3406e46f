#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>
#include <lint/type_text.hpp>

namespace varve::generator::rules {

void varchar_n(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "varchar" || !each.type.schema.empty() || each.type.modifiers.empty()) continue;
        const std::string name = statement.quoted(each.name);
        found.push_back({each.offset,
                         "the limit of " + type_text(each.type) + " in " + name +
                             " saves nothing, and to lower it later writes the table anew",
                         name + " text; where a limit is meant, CHECK (length(" + name +
                             ") <= " + std::to_string(each.type.modifiers.front()) + "), which is changed without that",
                         {}});
    }
}

}  // namespace varve::generator::rules
