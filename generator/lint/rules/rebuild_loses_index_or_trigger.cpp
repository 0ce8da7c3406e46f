#include <lint/replayed.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {

void rebuild_loses_index_or_trigger(const reviewed_statement& statement, lint_findings& found) {
    add_replayed(statement, "M611", found);
}

}  // namespace varve::generator::rules
