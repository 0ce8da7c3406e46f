#include <lint/actions.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void whole_table_rewritten(const reviewed_statement& statement, lint_findings& found) {
    for (const auto& each : production_actions<rewrite_table>(statement)) {
        const std::string table = statement.quoted(each.table);
        const std::string fresh = statement.quoted(each.table.name + "_new");
        found.push_back({each.offset,
                         each.action.what + " writes the whole table anew under an ACCESS EXCLUSIVE lock: nobody can " +
                             "read or write " + table + " until that is done",
                         "make a new table so, keep it filled by a trigger, copy the old rows in batches, then switch "
                         "the names:\nCREATE TABLE " +
                             fresh + " (LIKE " + table + " INCLUDING ALL);",
                         {}});
    }
}

}  // namespace varve::generator::rules
