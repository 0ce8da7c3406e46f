#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

// Whether it says what the bound says cannot be told from here.
bool has_validated_check(const known_table& table) {
    return std::ranges::any_of(table.constraints, [](const known_constraint& each) {
        return each.definition.kind == constraint_kind::check && !each.definition.not_valid;
    });
}

void check_detach(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<detach_partition>(statement)) {
        if (each.action.concurrently) continue;
        const std::string table = statement.quoted(each.table);
        found.push_back({each.offset,
                         "DETACH PARTITION takes an ACCESS EXCLUSIVE lock on " + table +
                             ": it waits for every transaction that uses it, and nobody can read or write behind it",
                         "make it a migration of its own, which varve then runs without a transaction:\n" +
                             alter_table_text(statement, each.table) + "DETACH PARTITION " +
                             statement.quoted(each.action.partition) + " CONCURRENTLY;",
                         {}});
    }
}

// The parent's lock is a weak one: what counts is whether the partition has rows to be read.
void check_attach(const reviewed_statement& statement, lint_findings& found) {
    const auto* altered = std::get_if<alter_table>(&statement.change.what);
    if (altered == nullptr) return;
    for (const alter_table::action& each : altered->actions) {
        const auto* attached = std::get_if<attach_partition>(&each.what);
        if (attached == nullptr || !statement.exists_in_production(attached->partition)) continue;
        const known_table* partition = statement.before.find_table(attached->partition);
        if (partition != nullptr && has_validated_check(*partition)) continue;
        const std::string alter = alter_table_text(statement, attached->partition);
        const std::string check = statement.quoted(attached->partition.name + "_bound");
        found.push_back({each.offset,
                         "ATTACH PARTITION reads every row of " + statement.quoted(attached->partition) +
                             " under an ACCESS EXCLUSIVE lock on it",
                         "with a CHECK that says what the bound says PostgreSQL believes it without reading; before "
                         "attaching, in migrations of their own:\n" +
                             alter + "ADD CONSTRAINT " + check + " CHECK (...) NOT VALID;\n" + alter +
                             "VALIDATE CONSTRAINT " + check + ";",
                         {}});
    }
}

}  // namespace

void partition_locks(const reviewed_statement& statement, lint_findings& found) {
    check_detach(statement, found);
    check_attach(statement, found);
}

}  // namespace varve::generator::rules
