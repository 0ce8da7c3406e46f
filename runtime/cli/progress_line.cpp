#include "progress_line.hpp"

#include "plain_text.hpp"
#include "tint.hpp"
#include "write.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

// A terminal narrower than this would break the line, and going back to its start would not take it away.
constexpr std::size_t line_width = 79;
constexpr std::string_view take_line_away = "\r\x1b[K";

struct verb {
    std::string_view action;
    std::string_view doing;
    std::string_view done;
};
constexpr verb verbs[] = {{"apply", "applying", "applied"},          {"revert", "reverting", "reverted"},
                          {"skip", "skipping", "skipped"},           {"baseline", "recording", "recorded"},
                          {"renumber", "renumbering", "renumbered"}, {"schema", "running", "ran"}};

verb verb_of(std::string_view action) {
    for (const auto& each : verbs) {
        if (each.action == action) return each;
    }
    return {action, action, action};
}

// `[=======.............] 35%, building index: scanning table of orders`: a terminal that is too narrow cuts its end.
std::string how_far(const event& what) {
    constexpr std::int64_t bar_width = 20;
    std::string text;
    if (what.total > 0) {
        const double part = std::clamp(static_cast<double>(what.done) / static_cast<double>(what.total), 0.0, 1.0);
        const auto filled = static_cast<std::size_t>(part * bar_width);
        append(text, {" [", std::string(filled, '='), std::string(bar_width - filled, '.'), "] ",
                      static_cast<std::int64_t>(part * 100), "%"});
    }
    append(text, {", ", printable(what.phase)});
    if (!what.relation.empty()) append(text, {" of ", printable(what.relation)});
    return text;
}

std::string number(std::size_t count) { return digits(static_cast<std::int64_t>(count)); }

}  // namespace

progress_line::~progress_line() {
    if (unfinished_) write(*where_.out, take_line_away);
}

void progress_line::on_event(const event& what) {
    if (next_ != nullptr) next_->on_event(what);
    // The step of a long statement is not always known.
    const std::string doing = what.name.empty() ? "working" : joined({verb_of(what.action).doing, " ", title_of(what)});
    switch (what.kind) {
        case event_kind::waiting:
            show_waiting(joined({"waiting: ", printable(what.message)}));
            break;
        case event_kind::started:
            show_temporary(doing);
            break;
        case event_kind::statement_begun:
            show_temporary(joined(
                {doing, ", statement ", number(what.statement), " of ", number(what.statement_count), ": ", what.sql}));
            break;
        case event_kind::progressed:
            show_temporary(joined({doing, how_far(what)}));
            break;
        case event_kind::retried:
            show_line(joined({"trying ", title_of(what), " again: ", printable(what.message)}));
            break;
        case event_kind::committed:
        case event_kind::reverted:
            show_done(what);
            break;
        case event_kind::statement_ended:
        case event_kind::failed:
            break;
    }
}

std::string progress_line::title_of(const event& what) const {
    const bool several = known_.all().size() > 1;
    std::string title = joined({several ? what.history : "", several ? " " : ""});
    if (what.version != 0) append(title, {what.version, " "});  // the master file has none
    append(title, {printable(what.name)});
    return title;
}

void progress_line::show_line(const std::string& line) {
    if (unfinished_) write(*where_.out, take_line_away);
    unfinished_ = false;
    write(*where_.out, joined({line, "\n"}));
}

void progress_line::show_temporary(const std::string& line) {
    if (where_.style != console::kind::terminal) return;
    write(*where_.out, joined({take_line_away, shortened(line, line_width)}));
    unfinished_ = true;
}

// Polling repeats itself; a log wants to hear it once.
void progress_line::show_waiting(const std::string& line) {
    if (where_.style == console::kind::terminal) return show_temporary(line);
    if (line == waiting_for_) return;
    show_line(line);
    waiting_for_ = line;
}

void progress_line::show_done(const event& what) {
    std::string line = joined({painted(verb_of(what.action).done, tint::good, where_.style), " ", title_of(what)});
    if (what.statement_count != 0) {
        append(line, {" (", counted(what.statement_count, "statement"), ", ", duration_text(what.took), ")"});
    }
    show_line(line);
}

}  // namespace varve::cli
