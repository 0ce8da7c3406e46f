#include <varve/json_lines.hpp>

#include "json.hpp"

#include "core/text.hpp"

#include <chrono>
#include <ostream>

namespace varve {
namespace {

using cli::json_object;

// `2026-01-07T09:30:00.123Z`
std::string now_as_text() {
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const auto today = floor<days>(now);
    const year_month_day date(today);
    const hh_mm_ss time(now - today);
    // With a 1 in front, so that what follows has its leading zeros.
    const auto padded = [](std::int64_t number, std::int64_t size) { return core::digits(size + number).substr(1); };
    return core::joined({core::digits(static_cast<int>(date.year())), "-", padded(unsigned{date.month()}, 100), "-",
                         padded(unsigned{date.day()}, 100), "T", padded(time.hours().count(), 100), ":",
                         padded(time.minutes().count(), 100), ":", padded(time.seconds().count(), 100), ".",
                         padded(time.subseconds().count(), 1000), "Z"});
}

bool has_duration(event_kind kind) {
    return kind == event_kind::statement_ended || kind == event_kind::committed || kind == event_kind::reverted;
}

void add_step(json_object& to, const event& of) {
    if (!of.history.empty()) to.text("history", of.history);
    if (of.version != 0) to.number("version", of.version);
    if (!of.name.empty()) to.text("name", of.name);
    if (!of.action.empty()) to.text("action", of.action);
    if (!of.file.empty()) to.text("file", of.file);
}

void add_statement(json_object& to, const event& of) {
    if (of.statement_count != 0) to.number("statement_count", static_cast<std::int64_t>(of.statement_count));
    if (of.statement == 0) return;
    to.number("statement", static_cast<std::int64_t>(of.statement)).number("line", of.line).text("sql", of.sql);
}

void add_progress(json_object& to, const event& of) {
    to.text("phase", of.phase).text_or_null("relation", of.relation).text("unit", of.unit).number("done", of.done);
    of.total == 0 ? to.null("total") : to.number("total", of.total);
}

void add_event(json_object& to, const event& of) {
    to.text("event", to_string(of.kind));
    add_step(to, of);
    add_statement(to, of);
    if (has_duration(of.kind)) to.number("duration_ms", of.took.count());
    if (of.kind == event_kind::progressed) add_progress(to, of);
    if (!of.message.empty()) to.text("message", of.message);
}

}  // namespace

std::string to_json(const event& of) {
    json_object line;
    add_event(line, of);
    return line.ended();
}

json_lines::json_lines(std::ostream& out)
    : json_lines([&out](std::string_view line) { out << line << '\n'
                                                     << std::flush; }) {}

void json_lines::on_event(const event& of) {
    json_object line;
    line.text("time", now_as_text());
    add_event(line, of);
    take_(line.ended());
}

}  // namespace varve
