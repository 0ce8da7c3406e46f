#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {

void enum_value_used_too_early(const reviewed_statement& statement, lint_findings& found) {
    if (!statement.in_transaction()) return;
    for (const string_constant& used : statement.change.constants) {
        const auto adds_it = [&](const statement_change& each) {
            const auto* added = std::get_if<add_enum_value>(&each.what);
            return added != nullptr && added->value == used.value;
        };
        const auto added = std::ranges::find_if(statement.earlier, adds_it);
        if (added == statement.earlier.end()) continue;
        const object_name& type = std::get<add_enum_value>(added->what).type;
        found.push_back({used.offset,
                         "PostgreSQL refuses '" + used.value + "' as a value of " + statement.quoted(type) +
                             " in the transaction that adds it: unsafe use of new value",
                         "use it in a later migration",
                         {{statement.script.file.location_of(added->offset), "it is added here"}}});
    }
}

}  // namespace varve::generator::rules
