#include "commands.hpp"
#include "current_version.hpp"
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

std::string database_line(engine& of) {
    return joined({"database  ", printable(of.location()), " (", word_of(of.kind()), ")\n"});
}

std::string overview_lines(const database_overview& of) {
    if (!of.exists) return "reachable no: there is no such file; `migrate` creates it\n";
    return joined({"reachable yes, ", printable(of.server), "\ntables    ", of.tables, "\n"});
}

std::string version_line(const current_version& of) {
    std::string text = joined({"version   ", of.history, " "});
    if (of.at == nullptr) {
        text += "none";
    } else {
        append(text, {of.at->version, " ", printable(of.at->name)});
        if (of.at->entry) append(text, {", since ", time_text(of.at->entry->applied_at)});
    }
    return text += '\n';
}

std::string heading(const session& in, const status_report& of) {
    std::string text = database_line(in.database);
    if (of.overview) text += overview_lines(*of.overview);
    append(text, {"ledger    ", of.ledger_exists ? "present" : "none: varve never changed this database", "\n"});
    for (const auto& each : current_versions(of, in.known)) text += version_line(each);
    if (!of.lock_holder.empty()) append(text, {"running   ", printable(of.lock_holder), "\n"});
    return joined({text, "state     ", painted(word_of(of.state), tint_of(of.state), in.where.style), "\n"});
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

std::string status_text(const session& in, const status_report& of) {
    const console::kind style = in.where.style;
    std::string text = heading(in, of);
    for (const history* each : in.known.all()) {
        append(text, {"\n", painted(each->name, tint::strong, style), "\n", table_of(of, each->name, style)});
    }
    const std::string rest = joined({problems_text(of.problems, style), notes_text(of.notes)});
    append(text, {rest.empty() ? "" : "\n", rest, "\n", totals_of(of)});
    return text;
}

void add_overview(json_object& to, const database_overview& of) {
    to.flag("reachable", of.exists).text_or_null("server", of.server);
    to.number("tables", static_cast<std::int64_t>(of.tables));
}

std::string status_json(const status_report& of, const histories& known) {
    json_array migrations;
    for (const auto& each : of.migrations) migrations.add(json_of(each));
    json_object result;
    result.text("command", "status").text("engine", word_of(of.kind)).text("location", of.location);
    if (of.overview) add_overview(result, *of.overview);
    result.flag("ledger_exists", of.ledger_exists)
        .text_or_null("lock_holder", of.lock_holder)
        .text("state", word_of(of.state));
    result.array("versions", json_of(current_versions(of, known)));
    result.array("migrations", migrations).array("problems", json_of(of.problems));
    return result.array("notes", json_of(of.notes)).line();
}

bool is_unreachable(const error& why) {
    return why.code() == error_code::connection_failed || why.code() == error_code::database_missing ||
           why.code() == error_code::database_unusable;
}

// The database is named also if it cannot be reached; in JSON the error is all there may be.
status_report look(const session& of) {
    try {
        return status(of.database, of.known);
    } catch (const error& why) {
        if (is_unreachable(why) && of.asked.format == output::text)
            write(*of.where.out, joined({database_line(of.database), "reachable no\n"}));
        throw;
    }
}

}  // namespace

int run_status(session& of) {
    const status_report report = look(of);
    write(*of.where.out, of.asked.format == output::json ? status_json(report, of.known) : status_text(of, report));
    if (report.state == database_state::diverged) return static_cast<int>(exit_code::diverged);
    const bool pending = of.asked.check && report.state == database_state::pending;
    return static_cast<int>(pending ? exit_code::pending : exit_code::success);
}

}  // namespace varve::cli
