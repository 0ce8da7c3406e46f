#include "problem_text.hpp"

#include "plain_text.hpp"

namespace varve::cli {
namespace {

std::string place_of(const problem& what) {
    if (!what.file.empty()) return printable(what.file);
    std::string place = printable(what.history);
    if (what.version != 0) append(place, {" ", what.version});
    if (!what.name.empty()) append(place, {" ", printable(what.name)});
    return place;
}

// Lines after the first stand under it.
std::string indented(std::string_view text, std::string_view margin) {
    std::string result;
    for (const char c : printable_lines(text)) {
        result += c;
        if (c == '\n') result += margin;
    }
    return result;
}

}  // namespace

std::string problems_text(std::span<const problem> problems, console::kind style) {
    std::string text;
    for (const auto& each : problems) {
        const std::string place = place_of(each);
        append(text, {place, place.empty() ? "" : ": ", painted("error:", tint::bad, style), " ",
                      indented(each.message, "  "), " [", to_string(each.kind), "]\n"});
        if (!each.hint.empty()) append(text, {"  hint: ", indented(each.hint, "  "), "\n"});
    }
    return text;
}

std::string notes_text(std::span<const std::string> notes) {
    std::string text;
    for (const auto& each : notes) append(text, {"note: ", printable(each), "\n"});
    return text;
}

}  // namespace varve::cli
