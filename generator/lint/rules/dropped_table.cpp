#include <lint/later_changes.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

/// INSERT INTO a new table .. SELECT .. FROM this one: it is rebuilt.
bool was_copied(const reviewed_statement& statement, const object_name& table) {
    return std::ranges::any_of(statement.earlier, [&](const statement_change& each) {
        const auto* changed = std::get_if<data_change>(&each.what);
        return changed != nullptr && changed->from_query && !statement.exists_in_production(changed->table) &&
               mentions(statement, each, table.name);
    });
}

/// `DROP TABLE IF EXISTS t; CREATE TABLE t`, and nothing before makes t: it is not there.
bool is_about_to_be_made(const reviewed_statement& statement, const drop_objects& dropped, const object_name& table) {
    if (!dropped.if_exists || statement.before.find_table(table) != nullptr) return false;
    const auto later = later_changes(statement);
    return std::ranges::any_of(later, [&](const statement_change& each) {
        if (const auto* renamed = std::get_if<rename>(&each.what)) {
            return renamed->kind == object_kind::table && renamed->new_name == table.name;
        }
        const auto* made = std::get_if<create_table>(&each.what);
        return made != nullptr && made->table == table;
    });
}

}  // namespace

void dropped_table(const reviewed_statement& statement, lint_findings& found) {
    const auto* dropped = std::get_if<drop_objects>(&statement.change.what);
    if (dropped == nullptr || dropped->kind != object_kind::table) return;
    for (const drop_objects::object& each : dropped->objects) {
        if (!statement.exists_in_production(each.name) || was_copied(statement, each.name)) continue;
        if (is_about_to_be_made(statement, *dropped, each.name)) continue;
        const std::string table = statement.quoted(each.name);
        std::string message = "the rows of " + table + " are lost";
        if (dropped->cascade)
            message += listed(statement, statement.before.references_to(each.name), ", and with them ");
        lint_finding finding{statement.change.offset, std::move(message), {}, made_in(statement, each.name)};
        finding.hint =
            "ship a program that does without it first; until nobody can want the rows back, keep them:\n"
            "ALTER TABLE " +
            table + " RENAME TO " + statement.quoted(each.name.name + "_dropped") + ";\n" +
            how_to_allow("M301", "nothing has used it since 2.4");
        found.push_back(std::move(finding));
    }
}

}  // namespace varve::generator::rules
