#include "commands.hpp"
#include "json_of.hpp"
#include "plain_text.hpp"
#include "write.hpp"

#include <varve/drift.hpp>

namespace varve::cli {
namespace {

std::string_view word_for(difference_kind what) {
    switch (what) {
        case difference_kind::missing:
            return "missing";
        case difference_kind::unexpected:
            return "unexpected";
        case difference_kind::changed:
            break;
    }
    return "changed";
}

std::string drift_json(const drift_report& found) {
    json_array differences;
    for (const difference& each : found.differences) {
        json_object one;
        one.text("kind", word_for(each.what)).text("object", each.object).text_or_null("attribute", each.attribute);
        one.text_or_null("expected", each.before).text_or_null("found", each.after);
        differences.add(one);
    }
    json_object result;
    result.text("command", "drift").flag("drifted", !found.differences.empty());
    result.number("migrations", static_cast<std::int64_t>(found.migrations)).array("differences", differences);
    return result.array("notes", json_of(found.notes)).line();
}

std::string drift_lines(const drift_report& found) {
    std::string text;
    for (const std::string& each : found.notes) append(text, {"note: ", printable(each), "\n"});
    for (const difference& each : found.differences) append(text, {printable(drift_text(each)), "\n"});
    const std::string compared = counted(found.migrations, "applied migration");
    if (found.differences.empty()) return joined({text, "no drift: the schema is what ", compared, " made\n"});
    return joined({text, counted(found.differences.size(), "difference"), " from what ", compared, " made\n"});
}

}  // namespace

int run_drift(session& of) {
    if (of.tools == nullptr || of.tools->inspector() == nullptr) {
        refuse({"this program's command line was not told how to compare a schema"},
               {"pass command_line an engine of its own type, or `varve::tools_of(engine)`"});
    }
    const drift_report found = drift(of.database, of.known, *of.tools->inspector(), of.asked.scratch);
    write(*of.where.out, of.asked.format == output::json ? drift_json(found) : drift_lines(found));
    return static_cast<int>(found.differences.empty() ? exit_code::success : exit_code::drifted);
}

}  // namespace varve::cli
