#include "plain_text.hpp"

#include <algorithm>
#include <cstdint>

namespace varve::cli {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

// U+0080 to U+009F: some terminals take them for commands, too.
bool is_late_control(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]) == 0xc2 && at + 1 < text.size() &&
           static_cast<unsigned char>(text[at + 1]) < 0xa0;
}

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

std::string folded(std::string_view text) {
    std::string result;
    for (const char c : printable(text)) {
        if (c == ' ' && (result.empty() || result.back() == ' ')) continue;
        result += c;
    }
    return result;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_late_control(text, at)) {
            result += '?';
            ++at;
        } else if (text[at] == '\n' || text[at] == '\t') {
            result += ' ';
        } else {
            result += is_control(text[at]) ? '?' : text[at];
        }
    }
    return result;
}

std::string printable_lines(std::string_view text) {
    std::string result = printable(text.substr(0, text.find('\n')));
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        text.remove_prefix(end + 1);
        append(result, {"\n", printable(text.substr(0, text.find('\n')))});
    }
    return result;
}

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string shortened(std::string_view text, std::size_t width) {
    std::string line = folded(text);
    if (width_of(line) <= width || width < 3) return line;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (!starts_code_point(line[at])) continue;
        if (kept == width - 3) {
            line.resize(at);
            break;
        }
        ++kept;
    }
    append(line, {"..."});
    return line;
}

std::string duration_text(std::chrono::milliseconds took) {
    const std::int64_t all = std::max<std::int64_t>(took.count(), 0);
    if (all < 1'000) return joined({all, " ms"});
    if (all < 60'000) return joined({all / 1'000, ".", all % 1'000 / 100, " s"});
    return joined({all / 60'000, " min ", all % 60'000 / 1'000, " s"});
}

std::string time_text(std::string_view stored) {
    std::string text = printable(stored);
    if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return text;
    text.resize(19);
    text[10] = ' ';
    return text;
}

std::string counted(std::size_t count, std::string_view noun) {
    return joined({count, " ", noun, count == 1 ? "" : "s"});
}

std::string words_of(std::string_view identifier) {
    std::string words(identifier);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

}  // namespace varve::cli
