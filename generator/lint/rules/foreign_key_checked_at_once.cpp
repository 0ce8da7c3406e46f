#include <lint/added_constraints.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

// The rows that are there hold NULL in a new column without a default: PostgreSQL checks none of them.
bool checks_no_row(const added_constraint& added) {
    return added.column != nullptr && added.column->default_value == default_kind::none && !added.column->identity &&
           added.column->generated == generated_kind::none;
}

}  // namespace

void foreign_key_checked_at_once(const reviewed_statement& statement, lint_findings& found) {
    for (const added_constraint& added : constraints_added(statement, constraint_kind::foreign_key)) {
        if (added.constraint.not_valid || checks_no_row(added)) continue;
        const std::string referenced = statement.quoted(added.constraint.referenced);
        const std::string first = added.column == nullptr
                                      ? "add it unchecked, and check it in a later migration, which blocks nobody:\n"
                                      : "add the column alone, then the key unchecked, and check it in a later "
                                        "migration, which blocks nobody:\n";
        found.push_back({added.offset,
                         "a new FOREIGN KEY takes SHARE ROW EXCLUSIVE locks: nobody can write to " +
                             statement.quoted(added.table) + " or " + referenced + " until every row is checked",
                         first + added_not_valid(statement, added),
                         {}});
    }
}

}  // namespace varve::generator::rules
