#include <lint/actions.hpp>
#include <lint/later_changes.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

using dropping = found_action<drop_constraint>;

const known_constraint* find(const reviewed_statement& statement, const dropping& dropped) {
    const known_table* const table = statement.before.find_table(dropped.table);
    return table == nullptr ? nullptr : table->find_constraint(dropped.action.constraint);
}

bool adds(const change& done, const object_name& table, const std::string& constraint) {
    const auto* altered = std::get_if<alter_table>(&done);
    if (altered == nullptr || !(altered->table == table)) return false;
    return std::ranges::any_of(altered->actions, [&](const alter_table::action& each) {
        const auto* added = std::get_if<add_constraint>(&each.what);
        return added != nullptr && added->constraint.name == constraint;
    });
}

/// Another one of that name takes its place: it is changed, not dropped.
bool is_replaced(const reviewed_statement& statement, const dropping& dropped) {
    const std::string& name = dropped.action.constraint;
    if (adds(statement.change.what, dropped.table, name)) return true;
    const auto later = later_changes(statement);
    return std::ranges::any_of(later, [&](const auto& each) { return adds(each.what, dropped.table, name); });
}

/// A check that only proved NOT NULL, when the column says so itself.
bool is_said_otherwise(const reviewed_statement& statement, const dropping& dropped, const known_constraint& known) {
    const known_table* const table = statement.before.find_table(dropped.table);
    const known_column* const column = table->find_column(known.definition.not_null_check);
    return column != nullptr && column->definition.not_null;
}

std::string columns_of(const reviewed_statement& statement, const constraint_definition& said) {
    std::string list;
    for (const std::string& each : said.columns) list += (list.empty() ? "" : ", ") + statement.quoted(each);
    return list;
}

/// What rows there may be from now on.
std::string what_becomes_possible(const reviewed_statement& statement, const known_constraint* known) {
    if (known == nullptr) return "rows that the constraint refused";
    const constraint_definition& said = known->definition;
    switch (said.kind) {
        case constraint_kind::primary_key:
        case constraint_kind::unique:
            return "rows with equal " + columns_of(statement, said);
        case constraint_kind::foreign_key:
            return "rows whose " + columns_of(statement, said) + " refers to nothing in " +
                   statement.quoted(said.referenced);
        case constraint_kind::not_null:
            return "rows with NULL in " + columns_of(statement, said);
        case constraint_kind::exclusion:
            return "rows that exclude each other by " + columns_of(statement, said);
        case constraint_kind::check:
            break;
    }
    return said.text.empty() ? "rows that the check refused" : "rows that do not pass " + said.text;
}

}  // namespace

void dropped_constraint(const reviewed_statement& statement, lint_findings& found) {
    for (const dropping& each : production_actions<drop_constraint>(statement)) {
        const known_constraint* const known = find(statement, each);
        if (known != nullptr && (!statement.history.migrations[known->origin.migration].released ||
                                 is_said_otherwise(statement, each, *known)))
            continue;
        if (is_replaced(statement, each)) continue;
        const std::string table = statement.quoted(each.table);
        std::string message = table + " holds " + what_becomes_possible(statement, known) +
                              " from now on: programs may rely on it that there are none";
        if (each.action.cascade)
            message += listed(statement, statement.before.references_to(each.table), "; CASCADE drops ");
        lint_finding finding{each.offset, std::move(message), {}, {}};
        finding.hint = "if another constraint takes its place, add that one first:\n" +
                       alter_table_text(statement, each.table) + "ADD CONSTRAINT " +
                       statement.quoted(each.action.constraint + "_new") + " ... NOT VALID;\n" +
                       how_to_allow("M405", "no program has relied on it since 2.4");
        if (known != nullptr) {
            finding.notes.push_back(
                statement.note_at(known->origin, "it was made by migration " + statement.title_of(known->origin)));
        }
        found.push_back(std::move(finding));
    }
}

}  // namespace varve::generator::rules
