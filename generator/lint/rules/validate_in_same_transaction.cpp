#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>

#include <optional>

namespace varve::generator::rules {
namespace {

struct found_constraint {
    constraint_kind kind;
    std::size_t offset;
};

/// What the statement adds NOT VALID under that name.
std::optional<found_constraint> added_by(const statement_change& change, const object_name& table,
                                         std::string_view constraint) {
    const auto* altered = std::get_if<alter_table>(&change.what);
    if (altered == nullptr || altered->table != table) return std::nullopt;
    for (const alter_table::action& each : altered->actions) {
        const auto* added = std::get_if<add_constraint>(&each.what);
        if (added == nullptr || !added->constraint.not_valid || added->constraint.name != constraint) continue;
        return found_constraint{added->constraint.kind, each.offset};
    }
    return std::nullopt;
}

std::optional<found_constraint> added_before(const reviewed_statement& statement, const object_name& table,
                                             std::string_view constraint) {
    if (const auto same = added_by(statement.change, table, constraint)) return same;
    for (const statement_change& each : statement.earlier) {
        if (const auto found = added_by(each, table, constraint)) return found;
    }
    return std::nullopt;
}

std::string_view lock_of(constraint_kind kind) {
    return kind == constraint_kind::foreign_key ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE";
}

}  // namespace

void validate_in_same_transaction(const reviewed_statement& statement, lint_findings& found) {
    if (!statement.in_transaction()) return;
    for (const auto& each : production_actions<validate_constraint>(statement)) {
        const auto added = added_before(statement, each.table, each.action.constraint);
        if (!added) continue;
        found.push_back({each.offset,
                         "VALIDATE CONSTRAINT reads every row while the transaction still holds the " +
                             std::string(lock_of(added->kind)) + " lock that adding " +
                             statement.quoted(each.action.constraint) + " took: NOT VALID has won nothing",
                         "move it to the next migration:\n" + alter_table_text(statement, each.table) +
                             "VALIDATE CONSTRAINT " + statement.quoted(each.action.constraint) + ";",
                         {{statement.script.file.location_of(added->offset), "it is added here"}}});
    }
}

}  // namespace varve::generator::rules
