#include <lint/later_changes.hpp>
#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator::rules {
namespace {

struct new_name_of_table {
    const object_name& old_name;
    object_name new_name;
};

std::optional<new_name_of_table> new_name_in(const change& done) {
    if (const auto* renamed = std::get_if<rename>(&done); renamed != nullptr && renamed->kind == object_kind::table)
        return new_name_of_table{renamed->object, {renamed->object.schema, renamed->new_name}};
    if (const auto* moved = std::get_if<move_to_schema>(&done); moved != nullptr && moved->kind == object_kind::table)
        return new_name_of_table{moved->object, {moved->new_schema, moved->object.name}};
    return std::nullopt;
}

/// A view, or a new table, that takes the old name: programs go on.
bool takes_its_place(const change& later, const object_name& name) {
    if (const auto* table = std::get_if<create_table>(&later)) return table->table == name;
    const auto* made = std::get_if<create_object>(&later);
    if (made != nullptr) return made->kind == object_kind::view && made->name == name;
    const auto again = new_name_in(later);
    return again && again->new_name == name;
}

std::string how_to_rename(const reviewed_statement& statement, const new_name_of_table& names) {
    const std::string view =
        "CREATE VIEW " + statement.quoted(names.old_name) + " AS SELECT * FROM " + statement.quoted(names.new_name);
    if (statement.history.engine == engine_kind::postgresql) {
        return "leave a view in its place, through which they read and write, until none needs it:\n" + view + ";\n";
    }
    return "leave a view in its place, through which they read, until none needs it; for those that write, give it "
           "INSTEAD OF triggers:\n" +
           view + ";\n";
}

}  // namespace

void renamed_table(const reviewed_statement& statement, lint_findings& found) {
    const auto names = new_name_in(statement.change.what);
    if (!names || !statement.exists_in_production(names->old_name)) return;
    // ALTER TABLE renames indexes and sequences, too.
    if (statement.before.find_index(names->old_name) != nullptr) return;
    const auto later = later_changes(statement);
    if (std::ranges::any_of(later, [&](const auto& each) { return takes_its_place(each.what, names->old_name); }))
        return;
    found.push_back({statement.change.offset,
                     "programs that name " + statement.quoted(names->old_name) +
                         " fail from now on: those still running, and those somebody goes back to",
                     how_to_rename(statement, *names) + how_to_allow("M402", "programs are stopped meanwhile"),
                     made_in(statement, names->old_name)});
}

}  // namespace varve::generator::rules
