#include "text.hpp"

#include <varve/error.hpp>

#include <utility>

namespace varve {
namespace {

using core::append;
using core::indented;
using core::joined;

constexpr std::size_t longest_statement_line = 160;

std::string location(const error_details& details) {
    if (details.file.empty()) return {};
    std::string text = joined({details.file, ":"});
    if (details.line != 0) append(text, {details.line, ":"});
    if (details.line != 0 && details.column != 0) append(text, {details.column, ":"});
    text += ' ';
    return text;
}

// The first line that is not blank, without what surrounds it; cut at a whole UTF-8 character.
std::string first_line(std::string_view sql) {
    const auto begin = sql.find_first_not_of(" \t\r\n\f\v");
    if (begin == std::string_view::npos) return {};
    std::string_view line = sql.substr(begin);
    line = line.substr(0, line.find('\n'));
    line = line.substr(0, line.find_last_not_of(" \t\r\f\v") + 1);
    if (line.size() <= longest_statement_line) return std::string(line);
    std::size_t end = longest_statement_line;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return joined({line.substr(0, end), "..."});
}

/// A line of its own, if there is something to say.
void append_line(std::string& text, std::string_view label, std::string_view content, std::string_view margin) {
    if (!content.empty()) append(text, {"\n", margin, label, indented(content, margin)});
}

void append_problem(std::string& text, const problem& each) {
    const std::string& place = each.file.empty() ? each.history : each.file;
    append(text,
           {"\n  ", place, place.empty() ? "" : ": ", indented(each.message, "    "), " [", to_string(each.kind), "]"});
    append_line(text, "hint: ", each.hint, "    ");
}

std::string text_of(const error_details& details) {
    std::string text = joined({location(details), "error: ", indented(details.message, "  ")});
    if (!details.sqlstate.empty()) append(text, {" [", details.sqlstate, "]"});
    append_line(text, "", first_line(details.statement), "  ");
    for (const auto& each : details.problems) append_problem(text, each);
    append_line(text, "hint: ", details.hint, "  ");
    append_line(text, "done: ", details.done, "  ");
    append_line(text, "not kept: ", details.undone, "  ");
    if (!details.undone.empty()) append(text, {", one transaction"});
    return text;
}

}  // namespace

error::error(error_details details)
    : std::runtime_error(text_of(details)), details_(std::make_shared<const error_details>(std::move(details))) {}

error error::with_done(std::string done) const {
    error_details changed = *details_;
    changed.done = std::move(done);
    return error(std::move(changed));
}

}  // namespace varve
