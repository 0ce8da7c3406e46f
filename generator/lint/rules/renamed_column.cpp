#include <lint/actions.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

/// ALTER TABLE also renames the columns of views.
bool is_of_a_new_view(const reviewed_statement& statement, const object_name& name) {
    const known_object* const view = statement.before.find_object(object_kind::view, name);
    return view != nullptr && !statement.history.migrations[view->origin.migration].released;
}

std::string type_of(const reviewed_statement& statement, const rename& renamed) {
    const known_table* const table = statement.before.find_table(renamed.object);
    const known_column* const column = table == nullptr ? nullptr : table->find_column(renamed.part);
    return column == nullptr ? std::string("...") : type_text(column->definition.type);
}

}  // namespace

void renamed_column(const reviewed_statement& statement, lint_findings& found) {
    const auto* renamed = std::get_if<rename>(&statement.change.what);
    if (renamed == nullptr || renamed->kind != object_kind::column) return;
    if (!is_column_in_use(statement, renamed->object, renamed->part) || is_of_a_new_view(statement, renamed->object))
        return;
    const std::string table = statement.quoted(renamed->object);
    const std::string old_name = statement.quoted(renamed->part);
    const std::string new_name = statement.quoted(renamed->new_name);
    found.push_back({statement.change.offset,
                     "programs that name " + table + "." + old_name +
                         " fail from now on: those still running, and those somebody goes back to",
                     "add the new column, let programs write both and read the new one, and drop the old one later:\n" +
                         alter_table_text(statement, renamed->object) + "ADD COLUMN " + new_name + " " +
                         type_of(statement, *renamed) + ";\nUPDATE " + table + " SET " + new_name + " = " + old_name +
                         " WHERE " + new_name + " IS NULL;\n" + how_to_allow("M401", "programs are stopped meanwhile"),
                     made_in(statement, renamed->object, renamed->part)});
}

}  // namespace varve::generator::rules
