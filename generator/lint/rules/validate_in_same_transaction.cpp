#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>

#include <optional>

namespace varve::generator::rules {
namespace {

bool adds(const table_action& action, std::string_view constraint) {
    const auto* added = std::get_if<add_constraint>(&action);
    return added != nullptr && added->constraint.not_valid && added->constraint.name == constraint;
}

/// Where the script adds the constraint that it validates now.
std::optional<std::size_t> added_at(const statement_change& change, const object_name& table,
                                    std::string_view constraint) {
    const auto* altered = std::get_if<alter_table>(&change.what);
    if (altered == nullptr || altered->table != table) return std::nullopt;
    for (const alter_table::action& each : altered->actions) {
        if (adds(each.what, constraint)) return each.offset;
    }
    return std::nullopt;
}

std::optional<std::size_t> added_before(const reviewed_statement& statement, const object_name& table,
                                        std::string_view constraint) {
    if (const auto same = added_at(statement.change, table, constraint)) return same;
    for (const statement_change& each : statement.earlier) {
        if (const auto at = added_at(each, table, constraint)) return at;
    }
    return std::nullopt;
}

}  // namespace

void validate_in_same_transaction(const reviewed_statement& statement, lint_findings& found) {
    if (!statement.in_transaction()) return;
    for (const auto& each : production_actions<validate_constraint>(statement)) {
        const auto added = added_before(statement, each.table, each.action.constraint);
        if (!added) continue;
        found.push_back({each.offset,
                         "VALIDATE CONSTRAINT reads every row while the transaction still holds the lock that adding " +
                             statement.quoted(each.action.constraint) + " took: NOT VALID has won nothing",
                         "move it to the next migration:\n" + alter_table_text(statement, each.table) +
                             "VALIDATE CONSTRAINT " + statement.quoted(each.action.constraint) + ";",
                         {{statement.script.file.location_of(*added), "it is added here"}}});
    }
}

}  // namespace varve::generator::rules
