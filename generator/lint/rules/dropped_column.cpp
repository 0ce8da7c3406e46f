#include <lint/actions.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

/// Until no program that does not know better is left, it must be able to insert rows.
std::string how_to_do_without(const reviewed_statement& statement, const object_name& table,
                              const std::string& column) {
    const known_table* const known = statement.before.find_table(table);
    const known_column* const dropped = known == nullptr ? nullptr : known->find_column(column);
    const bool is_required = dropped != nullptr && dropped->definition.not_null &&
                             dropped->definition.default_value == default_kind::none && !dropped->definition.identity &&
                             statement.history.engine == engine_kind::postgresql;
    if (!is_required) return "ship a program that neither reads nor writes it first, and drop it after that\n";
    return "let programs do without it first, and drop it when none that knows it is left:\n" +
           alter_column_text(statement, table, column) + "DROP NOT NULL;\n";
}

}  // namespace

void dropped_column(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<drop_column>(statement)) {
        const std::string& column = each.action.column;
        if (!is_column_in_use(statement, each.table, column)) continue;
        const auto lost = statement.before.lost_with_column(each.table, column);
        lint_finding finding{
            each.offset,
            "what is in " + statement.quoted(each.table) + "." + statement.quoted(column) + " is lost" +
                listed(statement, lost, ", and with it "),
            how_to_do_without(statement, each.table, column) + how_to_allow("M302", "no program has read it since 2.4"),
            made_in(statement, each.table, column)};
        found.push_back(std::move(finding));
    }
}

}  // namespace varve::generator::rules
