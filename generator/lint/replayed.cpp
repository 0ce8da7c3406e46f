#include <lint/replayed.hpp>

namespace varve::generator {

void add_replayed(const reviewed_statement& statement, std::string_view code, lint_findings& found) {
    const classified_statement& own = statement.script.script.statements[statement.change.statement];
    for (const replayed_finding& each : statement.replayed) {
        const bool is_here = each.migration == statement.migration && each.what.offset == own.offset;
        if (is_here && each.code == code) found.push_back(each.what);
    }
}

}  // namespace varve::generator
