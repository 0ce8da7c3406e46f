#include <source/shown_text.hpp>

#include <sql/utf8.hpp>

#include <algorithm>
#include <cstddef>

namespace varve::generator {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

unsigned unsigned_at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }

bool is_control(unsigned byte) { return byte < 0x20 || byte == 0x7F; }

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = code_point_size(text, i);
        const bool shown = size > 0 && (text[i] == '\t' || !is_control(unsigned_at(text, i)));
        result.append(shown ? text.substr(i, size) : replacement_character);
        i += std::max<std::size_t>(size, 1);
    }
    return result;
}

std::string in_json(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = code_point_size(text, i);
        const unsigned byte = unsigned_at(text, i);
        if (size == 0) {
            result += replacement_character;
        } else if (byte == '"' || byte == '\\') {
            result += '\\';
            result += text[i];
        } else if (byte == '\n') {
            result += "\\n";
        } else if (byte == '\t') {
            result += "\\t";
        } else if (is_control(byte)) {
            result += "\\u00";
            result += digits[byte / 16];
            result += digits[byte % 16];
        } else {
            result += text.substr(i, size);
        }
        i += std::max<std::size_t>(size, 1);
    }
    return result += '"';
}

}  // namespace varve::generator
