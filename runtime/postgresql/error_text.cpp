#include "error_text.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace varve::postgresql {
namespace {

constexpr std::string_view anonymous_block = "inline_code_block";
constexpr std::string_view syntax_error = "42601";

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    lines.push_back(text);
    return lines;
}

bool is_caret_line(std::string_view line) {
    const std::size_t caret = line.find_first_not_of(' ');
    return caret != std::string_view::npos && line[caret] == '^' && line.find_first_not_of(' ', caret + 1) == line.npos;
}

// `DETAIL:  `, in any language: a word, a colon, two spaces.
std::string_view label_of(std::string_view line) {
    const std::size_t end = line.find(":  ");
    if (end == std::string_view::npos || end == 0 || end > 20) return {};
    const std::string_view label = line.substr(0, end);
    const bool is_word = std::none_of(label.begin(), label.end(), [](char c) {
        return c == '"' || c == '(' || c == '\'' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    return is_word ? label : std::string_view{};
}

// --- the excerpt with a caret below it ------------------------------------------------------------------------------

struct code_point {
    char32_t value = 0;
    std::size_t size = 1;
};

code_point first_code_point(std::string_view text) {
    const auto byte = static_cast<unsigned char>(text.front());
    const std::size_t size = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    if (size == 1 || size > text.size()) return {byte, 1};
    char32_t value = byte & (0xFFU >> (size + 1));
    for (std::size_t at = 1; at < size; ++at) value = (value << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
    return {value, size};
}

// libpq puts the caret by columns of a terminal, where some characters are two wide and combining ones none.
std::size_t columns_of(char32_t character) {
    struct range {
        char32_t first, last;
    };
    constexpr std::array wide{range{0x1100, 0x115F},   range{0x2E80, 0xA4CF},   range{0xAC00, 0xD7A3},
                              range{0xF900, 0xFAFF},   range{0xFE30, 0xFE6F},   range{0xFF00, 0xFF60},
                              range{0xFFE0, 0xFFE6},   range{0x1F300, 0x1F64F}, range{0x1F900, 0x1F9FF},
                              range{0x20000, 0x2FFFD}, range{0x30000, 0x3FFFD}};
    constexpr std::array combining{range{0x0300, 0x036F}, range{0x200B, 0x200F}, range{0x20D0, 0x20FF},
                                   range{0xFE00, 0xFE0F}, range{0xFE20, 0xFE2F}};
    const auto holds = [character](range each) { return character >= each.first && character <= each.last; };
    if (std::any_of(combining.begin(), combining.end(), holds)) return 0;
    return std::any_of(wide.begin(), wide.end(), holds) ? 2 : 1;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const code_point first = first_code_point(text);
        columns += columns_of(first.value);
        text.remove_prefix(first.size);
    }
    return columns;
}

std::size_t code_points_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// How many code points stand before a column of a terminal.
std::size_t code_points_before(std::string_view text, std::size_t column) {
    std::size_t count = 0;
    for (std::size_t columns = 0; !text.empty() && columns < column; ++count) {
        const code_point first = first_code_point(text);
        columns += columns_of(first.value);
        text.remove_prefix(first.size);
    }
    return count;
}

// `LINE 3: ... some text` and the caret: the line's number, what of it is shown, where in that the caret points.
struct excerpt {
    std::size_t line = 0;
    std::string_view shown{};
    std::size_t caret = 0;  // code points before it, in `shown`
    std::size_t after = 0;  // where the text goes on after the caret's line
};

constexpr std::string_view cut = "...";

std::optional<excerpt> read_excerpt(std::string_view line, std::string_view caret_line) {
    const std::size_t digits = line.find_first_of("0123456789");
    const std::size_t colon = line.find(": ", digits == line.npos ? 0 : digits);
    if (digits == line.npos || colon == line.npos) return std::nullopt;
    excerpt result;
    for (const char c : line.substr(digits, colon - digits))
        if (c >= '0' && c <= '9') result.line = result.line * 10 + static_cast<std::size_t>(c - '0');
    result.shown = line.substr(colon + 2);
    const std::size_t before = columns_of(line.substr(0, colon + 2));
    const std::size_t column = caret_line.find('^');
    if (result.line == 0 || column < before) return std::nullopt;
    result.caret = code_points_before(result.shown, column - before);
    return result;
}

std::vector<excerpt> excerpts_of(std::string_view text) {
    std::vector<excerpt> found;
    const auto lines = lines_of(text);
    for (std::size_t at = 1; at < lines.size(); ++at) {
        if (!is_caret_line(lines[at])) continue;
        auto one = read_excerpt(lines[at - 1], lines[at]);
        if (!one) continue;
        one->after = static_cast<std::size_t>(lines[at].data() + lines[at].size() - text.data());
        found.push_back(*one);
    }
    return found;
}

// The code points before the caret in a line of the source; empty if the excerpt is not from that line.
std::optional<std::size_t> caret_in(std::string_view line, const excerpt& from) {
    std::string source(line);
    std::replace(source.begin(), source.end(), '\t', ' ');
    std::string_view shown = from.shown;
    std::size_t caret = from.caret;
    if (source == shown) return caret;
    if (shown.starts_with(cut) && caret >= cut.size() && !source.starts_with(shown)) {
        shown.remove_prefix(cut.size());
        caret -= cut.size();
    }
    if (shown.ends_with(cut) && source.find(shown) == source.npos) shown.remove_suffix(cut.size());
    const std::size_t at = source.find(shown);
    if (at == source.npos || shown.empty()) return std::nullopt;
    return code_points_in(std::string_view(source).substr(0, at)) + caret;
}

// --- from the statement to the file ---------------------------------------------------------------------------------

place in_file(const statement& which, std::size_t line, std::size_t column) {
    const auto below = static_cast<std::uint32_t>(line);
    const auto right = static_cast<std::uint32_t>(column);
    return {which.line + below, below == 0 ? which.column + right : right + 1};
}

std::optional<place> at_caret(std::string_view text, const statement& which, sent how) {
    const auto lines = lines_of(which.sql);
    for (const excerpt& each : excerpts_of(text)) {
        // The server repeats what it was executing inside a block; another text is that of a function, not ours.
        if (how == sent::in_block && text.find(which.sql, each.after) == text.npos) continue;
        if (each.line > lines.size()) continue;
        if (const auto column = caret_in(lines[each.line - 1], each)) return in_file(which, each.line - 1, *column);
    }
    return std::nullopt;
}

// The lines of the anonymous blocks that the error passed through, innermost first.
std::vector<std::size_t> block_lines(std::string_view text) {
    std::vector<std::size_t> lines;
    for (std::size_t at = text.find(anonymous_block); at != text.npos; at = text.find(anonymous_block, at + 1)) {
        std::size_t line = 0;
        for (std::size_t digit = text.find_first_of("0123456789\n", at);
             digit != text.npos && text[digit] >= '0' && text[digit] <= '9'; ++digit)
            line = line * 10 + static_cast<std::size_t>(text[digit] - '0');
        if (line > 0) lines.push_back(line);
    }
    return lines;
}

bool is_block(std::string_view sql) {
    return sql.size() > 2 && (sql[0] | 0x20) == 'd' && (sql[1] | 0x20) == 'o' &&
           std::string_view(" \t\n$'/-").find(sql[2]) != std::string_view::npos;
}

// For a statement that is a DO itself: its line, and the column where the excerpt of what failed in it is found.
std::optional<place> in_own_block(std::string_view text, const statement& which, sent how) {
    if (!is_block(which.sql)) return std::nullopt;
    auto blocks = block_lines(text);
    if (how == sent::in_block && !blocks.empty()) blocks.pop_back();
    if (blocks.empty()) return std::nullopt;
    const auto lines = lines_of(which.sql);
    const std::string_view before_body = which.sql.substr(0, which.sql.find_first_of("$'"));
    const std::size_t first = lines_of(before_body).size() - 1;
    const std::size_t line = std::min(first + blocks.back() - 1, lines.size() - 1);
    for (const excerpt& each : excerpts_of(text)) {
        const std::size_t inner = line + each.line - 1;
        if (inner >= lines.size()) continue;
        if (const auto column = caret_in(lines[inner], each)) return in_file(which, inner, *column);
    }
    const std::size_t indent = std::min(lines[line].find_first_not_of(" \t"), lines[line].size());
    return in_file(which, line, indent);
}

// The server gives no position for the body of a function that is created inside a block, but it quotes the word.
std::optional<place> at_named_word(std::string_view text, const statement& which) {
    const std::string_view first = text.substr(0, text.find('\n'));
    const std::size_t open = first.find('"');
    const std::size_t close = first.rfind('"');
    if (open == first.npos || close < open + 2) return std::nullopt;
    const std::string_view word = first.substr(open + 1, close - open - 1);
    const std::size_t at = which.sql.find(word);
    if (at == which.sql.npos || which.sql.find(word, at + 1) != which.sql.npos) return std::nullopt;
    const auto lines = lines_of(which.sql.substr(0, at));
    return in_file(which, lines.size() - 1, code_points_in(lines.back()));
}

}  // namespace

error_text read_error_text(std::string_view text) {
    error_text result;
    std::string* into = &result.message;
    const auto lines = lines_of(text);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        std::string_view line = lines[at];
        const std::string_view label = label_of(line);
        if (!label.empty()) line.remove_prefix(label.size() + 3);
        if (at > 0 && !label.empty())
            into = label == "DETAIL" ? &result.detail : label == "HINT" ? &result.hint : nullptr;
        const bool is_excerpt =
            at + 1 < lines.size() && is_caret_line(lines[at + 1]) && read_excerpt(line, lines[at + 1]).has_value();
        if (is_excerpt) into = nullptr;
        if (into == nullptr || line.empty()) continue;
        core::append(*into, {into->empty() ? "" : " ", line});
    }
    return result;
}

std::optional<std::size_t> line_of_outermost_block(std::string_view text) {
    const auto lines = block_lines(text);
    if (lines.empty()) return std::nullopt;
    return lines.back();
}

place place_of_error(std::string_view text, std::string_view sqlstate, const statement& which, sent how) {
    if (const auto exact = at_caret(text, which, how)) return *exact;
    if (sqlstate == syntax_error)
        if (const auto named = at_named_word(text, which)) return *named;
    if (const auto inside = in_own_block(text, which, how)) return *inside;
    return {which.line, which.column};
}

}  // namespace varve::postgresql
