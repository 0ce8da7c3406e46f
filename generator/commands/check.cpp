#include <commands/check.hpp>
#include <commands/checked_history.hpp>

#include <algorithm>
#include <ostream>

namespace varve::generator {
namespace {

void print_summary(std::ostream& out, const checked_history& checked) {
    const history_source& history = checked.loaded.history;
    const auto& all = history.migrations;
    const auto released = std::count_if(all.begin(), all.end(), [](const auto& each) { return each.released; });
    out << history.name << ": " << all.size() << (all.size() == 1 ? " migration, " : " migrations, ") << released
        << " released" << (history.master ? ", and the master file" : "") << ", nothing is wrong\n";
    if (checked.replay.replayed > 0) {
        out << "replayed " << checked.replay.replayed << " on SQLite " << replaying_sqlite() << '\n';
    }
}

}  // namespace

exit_code check(const load_request& request, const review_options& review, const console& terminal) {
    diagnostics found;
    const checked_history checked = check_history(request, review, found);
    const exit_code code = conclude(terminal, found);
    if (code == exit_code::success && !terminal.writes_a_document()) {
        print_summary(terminal.out, checked);
    }
    return code;
}

}  // namespace varve::generator
