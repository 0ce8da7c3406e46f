#include <lint/replayed.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void rebuild_forgets_autoincrement(const reviewed_statement& statement, lint_findings& found) {
    add_replayed(statement, "M613", found);
}

}  // namespace varve::generator::rules
