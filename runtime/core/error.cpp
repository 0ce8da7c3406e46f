#include <varve/error.hpp>

#include <utility>

namespace varve {
namespace {

constexpr std::size_t longest_excerpt = 160;

std::string location(const error_details& details) {
    if (details.file.empty()) return {};
    std::string text = details.file + ":";
    if (details.line != 0) text += std::to_string(details.line) + ":";
    if (details.line != 0 && details.column != 0) text += std::to_string(details.column) + ":";
    return text + " ";
}

// The first line that is not blank, without what surrounds it; cut at a whole UTF-8 character.
std::string first_line(std::string_view sql) {
    const auto begin = sql.find_first_not_of(" \t\r\n\f\v");
    if (begin == std::string_view::npos) return {};
    std::string_view line = sql.substr(begin);
    line = line.substr(0, line.find('\n'));
    line = line.substr(0, line.find_last_not_of(" \t\r\f\v") + 1);
    if (line.size() <= longest_excerpt) return std::string(line);
    std::size_t end = longest_excerpt;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return std::string(line.substr(0, end)) + "...";
}

// Lines after the first stand under it.
std::string indented(std::string_view text, std::string_view margin) {
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == '\n') result += margin;
    }
    return result;
}

std::string line_of(const problem& each) {
    std::string text = "  ";
    const std::string& place = each.file.empty() ? each.history : each.file;
    if (!place.empty()) text += place + ": ";
    text += indented(each.message, "    ") + " [" + std::string(to_string(each.kind)) + "]\n";
    if (!each.hint.empty()) text += "    hint: " + indented(each.hint, "    ") + "\n";
    return text;
}

std::string text_of(const error_details& details) {
    std::string text = location(details) + "error: " + indented(details.message, "  ");
    if (!details.sqlstate.empty()) text += " [" + details.sqlstate + "]";
    text += "\n";
    if (const auto excerpt = first_line(details.statement); !excerpt.empty()) text += "  " + excerpt + "\n";
    for (const auto& each : details.problems) text += line_of(each);
    if (!details.hint.empty()) text += "  hint: " + indented(details.hint, "  ") + "\n";
    if (!details.done.empty()) text += "  done: " + indented(details.done, "  ") + "\n";
    if (!details.undone.empty()) text += "  not kept: " + indented(details.undone, "  ") + ", one transaction\n";
    text.pop_back();
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
