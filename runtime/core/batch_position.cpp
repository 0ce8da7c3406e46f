#include "batch_position.hpp"

#include <charconv>

namespace varve::core {
namespace {

// The last one in the object. Inside a text the quotes would have backslashes: this is found only where it is a name.
constexpr std::string_view before_position = "\"position\":\"";
constexpr std::string_view after_position = "\"}";

void append_escaped(std::string& to, char each) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(each);
    if (byte < 0x20) {
        to += "\\u00";
        to += hexadecimal[byte >> 4U];
        to += hexadecimal[byte & 0xfU];
        return;
    }
    if (each == '"' || each == '\\') to += '\\';
    to += each;
}

}  // namespace

std::optional<std::string> position_in(std::string_view details) {
    const auto found = details.find(before_position);
    if (found == std::string_view::npos || !details.ends_with(after_position)) return std::nullopt;
    std::string_view rest = details.substr(found + before_position.size());
    rest.remove_suffix(after_position.size());
    std::string position;
    while (!rest.empty()) {
        char next = rest.front();
        std::size_t size = 1;
        if (next == '\\' && rest.size() > 1) {
            next = rest[1];
            size = 2;
        }
        if (size == 2 && next == 'u' && rest.size() >= 6) {
            unsigned value = 0;
            std::from_chars(rest.data() + 2, rest.data() + 6, value, 16);
            next = static_cast<char>(value);
            size = 6;
        }
        position += next;
        rest.remove_prefix(size);
    }
    return position;
}

std::string without_position(std::string_view details) {
    const auto found = details.find(before_position);
    if (found == std::string_view::npos) return std::string(details);
    std::string rest(details.substr(0, found));
    if (rest.ends_with(',')) rest.pop_back();
    return rest == "{" ? std::string() : rest + "}";
}

std::string with_position(std::string_view details, std::string_view position) {
    std::string result = without_position(details);
    if (result.empty()) {
        result = "{";
    } else {
        result.back() = ',';
    }
    result += before_position;
    for (const char each : position) append_escaped(result, each);
    result += after_position;
    return result;
}

}  // namespace varve::core
