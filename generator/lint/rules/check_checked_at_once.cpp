#include <lint/added_constraints.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

void check_domain(const reviewed_statement& statement, lint_findings& found) {
    const auto* added = std::get_if<add_domain_constraint>(&statement.change.what);
    if (added == nullptr || added->constraint.kind != constraint_kind::check || added->constraint.not_valid) return;
    const known_object* domain = statement.before.find_object(object_kind::domain, added->domain);
    if (domain != nullptr && !statement.history.migrations[domain->origin.migration].released) return;
    const std::string name = added->constraint.name.empty() ? added->domain.name + "_check" : added->constraint.name;
    const std::string alter = "ALTER DOMAIN " + statement.quoted(added->domain) + " ";
    found.push_back({statement.change.offset,
                     "a new CHECK of a domain reads every table that uses " + statement.quoted(added->domain) +
                         " under a SHARE lock: nobody can write to them until that is done",
                     "add it unchecked, and check it in a later migration:\n" + alter + "ADD CONSTRAINT " +
                         statement.quoted(name) + " " +
                         (added->constraint.text.empty() ? "CHECK (...)" : added->constraint.text) + " NOT VALID;\n" +
                         alter + "VALIDATE CONSTRAINT " + statement.quoted(name) + ";",
                     {}});
}

}  // namespace

void check_checked_at_once(const reviewed_statement& statement, lint_findings& found) {
    check_domain(statement, found);
    for (const added_constraint& added : constraints_added(statement, constraint_kind::check)) {
        if (added.constraint.not_valid) continue;
        found.push_back({added.offset,
                         "a new CHECK reads every row under an ACCESS EXCLUSIVE lock: nobody can read or write " +
                             statement.quoted(added.table) + " until that is done",
                         "add it unchecked, and check it in a later migration, which blocks nobody:\n" +
                             added_not_valid(statement, added),
                         {}});
    }
}

}  // namespace varve::generator::rules
