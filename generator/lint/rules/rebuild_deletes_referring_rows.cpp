#include <lint/replayed.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void rebuild_deletes_referring_rows(const reviewed_statement& statement, lint_findings& found) {
    add_replayed(statement, "M612", found);
}

}  // namespace varve::generator::rules
