#include <lint/exclusive_lock.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

// A few rows of values are quick.
bool may_change_many_rows(const data_change& changed) {
    return changed.kind != data_change_kind::copy && (changed.kind != data_change_kind::insert || changed.from_query);
}

}  // namespace

void data_change_with_ddl(const reviewed_statement& statement, lint_findings& found) {
    const auto* changed = std::get_if<data_change>(&statement.change.what);
    if (changed == nullptr || !statement.in_transaction() || !may_change_many_rows(*changed)) return;
    if (!statement.exists_in_production(changed->table)) return;
    for (const statement_change& each : statement.earlier) {
        const auto locked = locked_exclusively(statement, each);
        if (!locked) continue;
        found.push_back(
            {statement.change.offset,
             "rows of " + statement.quoted(changed->table) +
                 " are changed while the transaction holds an "
                 "ACCESS EXCLUSIVE lock on " +
                 statement.quoted(*locked) + ": nobody can read or write that until the last row is changed",
             "move this statement to the next migration; many rows are changed in batches of some thousands",
             {{statement.script.file.location_of(each.offset), "the lock is taken here"}}});
        return;
    }
}

}  // namespace varve::generator::rules
