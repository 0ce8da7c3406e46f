#include <lint/actions.hpp>
#include <lint/added_constraints.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

std::string hint_for(const reviewed_statement& statement, const added_constraint& added) {
    const std::string name = statement.quoted(added.name());
    const std::string definition = added.definition(statement);
    const std::size_t columns = definition.find('(');
    const key_options options = key_options_of(added.constraint);
    return "build the index first, in a migration of its own, which varve then runs without a transaction:\n" +
           column_alone(statement, added) + "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " +
           statement.quoted(added.table) + " " + definition.substr(columns) + options.of_index +
           ";\nthen, in the next one:\n" + alter_table_text(statement, added.table) + "ADD CONSTRAINT " + name + " " +
           definition.substr(0, columns) + "USING INDEX " + name + options.of_constraint + ";";
}

void check_kind(const reviewed_statement& statement, constraint_kind kind, lint_findings& found) {
    const char* words = kind == constraint_kind::unique ? "UNIQUE" : "PRIMARY KEY";
    for (const added_constraint& added : constraints_added(statement, kind)) {
        if (!added.constraint.using_index.empty()) continue;
        found.push_back({added.offset,
                         std::string("a new ") + words +
                             " builds its index under an ACCESS EXCLUSIVE lock: nobody can read or write " +
                             statement.quoted(added.table) + " until that is done",
                         hint_for(statement, added),
                         {}});
    }
}

}  // namespace

void unique_builds_index(const reviewed_statement& statement, lint_findings& found) {
    check_kind(statement, constraint_kind::unique, found);
    check_kind(statement, constraint_kind::primary_key, found);
}

}  // namespace varve::generator::rules
