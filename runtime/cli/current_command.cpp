#include "commands.hpp"
#include "current_version.hpp"
#include "plain_text.hpp"
#include "text_table.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

std::string current_text(const session& of, const status_report& seen) {
    text_table table({{"history"},
                      {"version", alignment::right},
                      {"name"},
                      {"applied at (UTC)"},
                      {"by"},
                      {"pending", alignment::right}});
    for (const auto& each : current_versions(seen, of.known)) {
        table.add(each.history);
        table.add(each.at == nullptr ? "none" : digits(each.at->version));
        table.add(each.at == nullptr ? "" : each.at->name);
        table.add(each.at == nullptr || !each.at->entry ? "" : time_text(each.at->entry->applied_at));
        table.add(each.at == nullptr || !each.at->entry ? "" : each.at->entry->applied_by);
        table.add(digits(static_cast<std::int64_t>(each.pending)));
    }
    return table.text(of.where.style);
}

}  // namespace

int run_current(session& of) {
    const status_report seen = status(of.database, of.known);
    if (of.asked.format == output::json) {
        json_object result;
        result.text("command", "current").array("versions", json_of(current_versions(seen, of.known)));
        write(*of.where.out, result.line());
    } else {
        write(*of.where.out, current_text(of, seen));
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
