#include <lint/added_constraints.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void exclusion_constraint(const reviewed_statement& statement, lint_findings& found) {
    for (const added_constraint& added : constraints_added(statement, constraint_kind::exclusion)) {
        const std::string table = statement.quoted(added.table);
        found.push_back({added.offset,
                         "a new EXCLUDE constraint builds its index under an ACCESS EXCLUSIVE lock: nobody can read or "
                         "write " +
                             table + " until that is done",
                         "PostgreSQL has no way that blocks nobody: choose a time at which nobody uses " + table +
                             ", or fill a new table that has the constraint and switch to it",
                         {}});
    }
}

}  // namespace varve::generator::rules
