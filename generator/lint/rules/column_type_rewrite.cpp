#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_change.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

const known_column* column_before(const reviewed_statement& statement, const object_name& table,
                                  std::string_view column) {
    const known_table* known = statement.before.find_table(table);
    return known == nullptr ? nullptr : known->find_column(column);
}

std::string hint_for(const reviewed_statement& statement, const object_name& table, const alter_column_type& action) {
    const std::string fresh = statement.quoted(action.column + "_new");
    return "add a column, keep it filled by a trigger, fill the old rows in batches, then switch the names:\n" +
           alter_table_text(statement, table) + "ADD COLUMN " + fresh + " " + type_text(action.type) + ";\n" +
           "in the last migration:\n" + alter_table_text(statement, table) + "DROP COLUMN " +
           statement.quoted(action.column) + ";\n" + alter_table_text(statement, table) + "RENAME COLUMN " + fresh +
           " TO " + statement.quoted(action.column) + ";";
}

}  // namespace

void column_type_rewrite(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<alter_column_type>(statement)) {
        const known_column* column = column_before(statement, each.table, each.action.column);
        const bool plain = column != nullptr && !each.action.has_using;
        if (plain && keeps_rows(column->definition.type, each.action.type)) continue;
        const std::string was = column == nullptr ? " (from a type that this history does not tell)"
                                                  : " from " + type_text(column->definition.type);
        lint_finding finding{each.offset,
                             "changing the type of " + statement.quoted(each.action.column) + was + " to " +
                                 type_text(each.action.type) +
                                 " writes every row and index anew under an ACCESS EXCLUSIVE lock: nobody can read or "
                                 "write " +
                                 statement.quoted(each.table) + " until that is done",
                             hint_for(statement, each.table, each.action),
                             {}};
        if (column != nullptr) finding.notes.push_back(statement.note_at(column->origin, "the column is made here"));
        found.push_back(std::move(finding));
    }
}

}  // namespace varve::generator::rules
