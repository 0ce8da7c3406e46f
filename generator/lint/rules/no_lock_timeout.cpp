#include <lint/exclusive_lock.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

bool sets_lock_timeout(const statement_change& change) {
    const auto* set = std::get_if<change_setting>(&change.what);
    return set != nullptr && set->name == "lock_timeout";
}

}  // namespace

// Once a script: one SET holds for the rest of it.
void no_lock_timeout(const reviewed_statement& statement, lint_findings& found) {
    const auto table = locked_exclusively(statement, statement.change);
    if (!table) return;
    const auto settles_it = [&](const statement_change& each) {
        return sets_lock_timeout(each) || locked_exclusively(statement, each).has_value();
    };
    if (std::ranges::any_of(statement.earlier, settles_it)) return;
    const std::string set = statement.in_transaction() ? "SET LOCAL lock_timeout" : "SET lock_timeout";
    found.push_back(
        {statement.change.offset,
         "this waits for an ACCESS EXCLUSIVE lock on " + statement.quoted(*table) +
             " for as long as somebody uses it, and everybody else waits behind it",
         "give up after a while and let the next start try again; before this statement:\n" + set + " = '5s';",
         {}});
}

}  // namespace varve::generator::rules
