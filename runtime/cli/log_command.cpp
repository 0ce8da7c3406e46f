#include "commands.hpp"
#include "json_of.hpp"
#include "plain_text.hpp"
#include "text_table.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

// The word of an event: `{"event":"reverted","row":7}`. docs/ledger.md promises this form.
std::string_view event_word(std::string_view details) {
    constexpr std::string_view key = "\"event\":\"";
    const std::size_t begin = details.find(key);
    if (begin == std::string_view::npos) return "event";
    details.remove_prefix(begin + key.size());
    return details.substr(0, details.find('"'));
}

// A row is what was done once. If it does not hold any more, the row of an event says when and why.
std::string_view what_of(const ledger_entry& of) {
    if (of.kind == entry_kind::event) return event_word(of.details);
    if (of.state == entry_state::running || of.state == entry_state::reverting) return to_string(of.state);
    switch (of.kind) {
        case entry_kind::baseline:
            return "baseline";
        case entry_kind::skip:
            return "skipped";
        case entry_kind::schema:
            return "master file";
        default:
            return "applied";
    }
}

std::string since_of(const ledger_entry& of) {
    if (of.active() || of.kind == entry_kind::event) return {};
    return joined({to_string(of.state), of.reverted_at.empty() ? "" : " ", time_text(of.reverted_at)});
}

std::string log_text(const std::vector<ledger_entry>& entries, console::kind style) {
    text_table table({{"id", alignment::right},
                      {"when (UTC)"},
                      {"what"},
                      {"history"},
                      {"version", alignment::right},
                      {"name"},
                      {"since then"},
                      {"by"},
                      {"program"},
                      {"reason"}});
    for (const auto& each : entries) {
        table.add(digits(each.id));
        table.add(time_text(each.applied_at));
        table.add(what_of(each), each.active() ? tint::good : tint::none);
        table.add(each.history);
        table.add(each.version ? digits(*each.version) : "");
        table.add(each.name);
        table.add(since_of(each), tint::faint);
        table.add(each.applied_by);
        table.add(each.program);
        table.add(each.reason);
    }
    return table.empty() ? "nothing ever happened here\n" : table.text(style);
}

}  // namespace

int run_log(session& of) {
    const std::vector<ledger_entry> entries = log(of.database, of.known);
    if (of.asked.format == output::json) {
        json_array list;
        for (const auto& each : entries) list.add(json_of(each));
        write(*of.where.out, json_object().text("command", "log").array("entries", list).line());
    } else {
        write(*of.where.out, log_text(entries, of.where.style));
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
