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
        const std::string table = statement.quoted(added.table);
        const std::string referenced = statement.quoted(added.constraint.referenced);
        const bool alone = added.column == nullptr;
        found.push_back({added.offset,
                         alone ? "a new FOREIGN KEY takes SHARE ROW EXCLUSIVE locks: nobody can write to " + table +
                                     " or " + referenced + " until every row is checked"
                               : "a new column with a FOREIGN KEY takes an ACCESS EXCLUSIVE lock: nobody can read or "
                                 "write " +
                                     table + ", nor write to " + referenced + ", until every row is checked",
                         (alone ? "add it unchecked" : "add the column alone, then the key unchecked") +
                             std::string(", and check it in a later migration, which blocks nobody:\n") +
                             added_not_valid(statement, added),
                         {}});
    }
}

}  // namespace varve::generator::rules
