#include "commands.hpp"
#include "json_of.hpp"
#include "migration_state.hpp"
#include "plain_text.hpp"
#include "text_table.hpp"
#include "write.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

void turn_newest_first(status_report& of) { std::reverse(of.migrations.begin(), of.migrations.end()); }

std::string history_text(const status_report& of, const history& which, console::kind style) {
    text_table table({{"version", alignment::right},
                      {"name"},
                      {"state"},
                      {"applied at (UTC)"},
                      {"reversible"},
                      {"depends"},
                      {"description"}});
    for (const auto& each : of.migrations) {
        if (each.history != which.name) continue;
        const displayed_state state = state_of(each);
        table.add(digits(each.version));
        table.add(each.name);
        table.add(state.text, state.colour);
        table.add(each.entry ? time_text(each.entry->applied_at) : "");
        table.add(each.reversible ? "yes" : "no");
        table.add(each.depends);
        // Without a directive of its own the description is only the name with spaces.
        table.add(each.description == words_of(each.name) ? "" : each.description);
    }
    return joined({painted(which.name, tint::strong, style), ", newest first\n",
                   table.empty() ? "no migrations\n" : table.text(style)});
}

}  // namespace

int run_history(session& of) {
    status_report report = status(of.database, of.known);
    turn_newest_first(report);
    std::string text;
    if (of.asked.format == output::json) {
        json_array migrations;
        for (const auto& each : report.migrations) migrations.add(json_of(each));
        text = json_object().text("command", "history").array("migrations", migrations).line();
    } else {
        for (const history* each : of.known.all()) {
            if (!text.empty()) text += '\n';
            text += history_text(report, *each, of.where.style);
        }
    }
    write(*of.where.out, text);
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
