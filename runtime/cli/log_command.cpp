#include "commands.hpp"
#include "json_of.hpp"
#include "plain_text.hpp"
#include "text_table.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

// A row is what was done once; `reverted` says that it does not hold any more, the event's own row says when and why.
std::string what_of(const ledger_entry& of) {
    if (of.kind == entry_kind::event) return of.name.empty() ? "event" : words_of(of.name);
    if (of.state == entry_state::running || of.state == entry_state::reverting) return std::string(to_string(of.state));
    switch (of.kind) {
        case entry_kind::baseline:
            return "baseline";
        case entry_kind::skip:
            return "skipped";
        default:
            return "applied";
    }
}

std::string since_of(const ledger_entry& of) {
    if (of.active() || of.kind == entry_kind::event) return {};
    return std::string(to_string(of.state)) + (of.reverted_at.empty() ? "" : ' ' + time_text(of.reverted_at));
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
        table.add({{std::to_string(each.id)},
                   {time_text(each.applied_at)},
                   {printable(what_of(each)), each.active() ? tint::good : tint::none},
                   {printable(each.history)},
                   {each.version ? std::to_string(*each.version) : ""},
                   {each.kind == entry_kind::event ? "" : printable(each.name)},
                   {since_of(each), tint::faint},
                   {printable(each.applied_by)},
                   {printable(each.program)},
                   {printable(each.reason)}});
    }
    return table.empty() ? "nothing ever happened here\n" : table.text(style);
}

bool is_wanted(const ledger_entry& of, const std::optional<std::string>& history) {
    return !history || of.history == *history;
}

}  // namespace

int run_log(session& of) {
    std::vector<ledger_entry> entries = log(of.database, of.known);
    std::erase_if(entries, [&](const ledger_entry& each) { return !is_wanted(each, of.asked.history); });
    if (of.asked.format == output::json) {
        json_array list;
        for (const auto& each : entries) list.add(json_of(each));
        write(*of.where.out, json_object().text("command", "log").array("entries", list).ended() + '\n');
    } else {
        write(*of.where.out, log_text(entries, of.where.style));
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
