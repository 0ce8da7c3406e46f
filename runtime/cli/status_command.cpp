#include "commands.hpp"
#include "json_of.hpp"
#include "migration_state.hpp"
#include "plain_text.hpp"
#include "problem_text.hpp"
#include "text_table.hpp"
#include "write.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

tint tint_of(database_state state) {
    switch (state) {
        case database_state::current:
            return tint::good;
        case database_state::pending:
            return tint::waiting;
        case database_state::diverged:
            break;
    }
    return tint::bad;
}

std::string heading(const status_report& of, console::kind style) {
    return joined({"database  ", printable(of.location), " (", word_of(of.kind), ")\n", "ledger    ",
                   of.ledger_exists ? "present" : "none: varve never changed this database", "\nstate     ",
                   painted(word_of(of.state), tint_of(of.state), style), "\n"});
}

std::string table_of(const status_report& of, std::string_view history, console::kind style) {
    text_table table(
        {{"version", alignment::right}, {"name"}, {"state"}, {"applied at (UTC)"}, {"took", alignment::right}, {"by"}});
    for (const auto& each : of.migrations) {
        if (each.history != history) continue;
        const displayed_state state = state_of(each);
        const bool ran = each.entry && each.entry->kind == entry_kind::migration && each.applied;
        table.add(digits(each.version));
        table.add(each.name);
        table.add(state.text, state.colour);
        table.add(each.entry ? time_text(each.entry->applied_at) : "");
        table.add(ran ? duration_text(std::chrono::milliseconds(each.entry->duration_ms)) : "");
        table.add(each.entry ? each.entry->applied_by : "");
    }
    return table.empty() ? "no migrations\n" : table.text(style);
}

std::string totals_of(const status_report& of) {
    const auto applied = std::count_if(of.migrations.begin(), of.migrations.end(),
                                       [](const migration_status& each) { return each.applied; });
    const auto pending = static_cast<std::ptrdiff_t>(of.migrations.size()) - applied;
    std::string text = joined({applied, " applied, ", pending, " pending"});
    if (!of.problems.empty()) append(text, {", ", counted(of.problems.size(), "problem")});
    return joined({text, "\n"});
}

std::string status_text(const status_report& of, const histories& known, console::kind style) {
    std::string text = heading(of, style);
    for (const history* each : known.all()) {
        append(text, {"\n", painted(each->name, tint::strong, style), "\n", table_of(of, each->name, style)});
    }
    const std::string rest = joined({problems_text(of.problems, style), notes_text(of.notes)});
    append(text, {rest.empty() ? "" : "\n", rest, "\n", totals_of(of)});
    return text;
}

std::string status_json(const status_report& of) {
    json_array migrations;
    for (const auto& each : of.migrations) migrations.add(json_of(each));
    json_object result;
    result.text("command", "status").text("engine", word_of(of.kind)).text("location", of.location);
    result.flag("ledger_exists", of.ledger_exists).text("state", word_of(of.state));
    result.array("migrations", migrations).array("problems", json_of(of.problems));
    return result.array("notes", json_of(of.notes)).line();
}

}  // namespace

int run_status(session& of) {
    const status_report report = status(of.database, of.known);
    write(*of.where.out,
          of.asked.format == output::json ? status_json(report) : status_text(report, of.known, of.where.style));
    if (report.state == database_state::diverged) return static_cast<int>(exit_code::diverged);
    const bool pending = of.asked.check && report.state == database_state::pending;
    return static_cast<int>(pending ? exit_code::pending : exit_code::success);
}

}  // namespace varve::cli
