#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

lint_finding finding_for(const new_column& column, const std::string& name) {
    return {column.offset,
            "the limit of " + type_text(column.type) + " in " + name +
                " saves nothing, and to lower it later writes the table anew",
            name + " text; where a limit is meant, CHECK (length(" + name +
                ") <= " + std::to_string(column.type.modifiers.front()) + "), which is changed without that",
            {}};
}

}  // namespace

void varchar_n(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (each.type.name != "varchar" || !each.type.schema.empty() || each.type.modifiers.empty()) continue;
        found.push_back(finding_for(each, statement.quoted(each.name)));
    }
}

}  // namespace varve::generator::rules
