#include "json.hpp"

#include "plain_text.hpp"

#include <cstddef>

namespace varve::cli {
namespace {

bool is_tail(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
}

// How many bytes the UTF-8 character at `at` has; 0 if there is none. Refuses overlong forms and surrogates.
std::size_t utf8_size(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) return 1;
    if (!is_tail(text, at + 1)) return 0;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (!is_tail(text, at + 2)) return 0;
    if (first == 0xe0 && second < 0xa0) return 0;
    if (first == 0xed && second > 0x9f) return 0;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (!is_tail(text, at + 3)) return 0;
    if (first == 0xf0 && second < 0x90) return 0;
    if (first == 0xf4 && second > 0x8f) return 0;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

void add_control(std::string& result, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    result += "\\u00";
    result += digits[byte >> 4U];
    result += digits[byte & 0x0fU];
}

void add_ascii(std::string& result, char c) {
    switch (c) {
        case '"':
            result += "\\\"";
            return;
        case '\\':
            result += "\\\\";
            return;
        case '\n':
            result += "\\n";
            return;
        case '\t':
            result += "\\t";
            return;
        default:
            break;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        add_control(result, c);
    } else {
        result += c;
    }
}

std::string json_string(std::string_view text) {
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = utf8_size(text, at);
        if (size == 1) add_ascii(result, text[at]);
        if (size == 0) result += "\xef\xbf\xbd";
        if (size > 1) result += text.substr(at, size);
        at += size == 0 ? 1 : size;
    }
    result += '"';
    return result;
}

}  // namespace

void json_object::add_key(std::string_view key) {
    if (!members_.empty()) members_ += ',';
    members_ += json_string(key);
    members_ += ':';
}

json_object& json_object::text(std::string_view key, std::string_view value) {
    add_key(key);
    members_ += json_string(value);
    return *this;
}

json_object& json_object::text_or_null(std::string_view key, std::string_view value) {
    return value.empty() ? null(key) : text(key, value);
}

json_object& json_object::number(std::string_view key, std::int64_t value) {
    add_key(key);
    members_ += digits(value);
    return *this;
}

json_object& json_object::flag(std::string_view key, bool value) {
    add_key(key);
    members_ += value ? "true" : "false";
    return *this;
}

json_object& json_object::null(std::string_view key) {
    add_key(key);
    members_ += "null";
    return *this;
}

json_object& json_object::object(std::string_view key, const json_object& value) {
    add_key(key);
    members_ += value.ended();
    return *this;
}

json_object& json_object::array(std::string_view key, const json_array& value) {
    add_key(key);
    members_ += value.ended();
    return *this;
}

std::string json_object::ended() const { return joined({"{", members_, "}"}); }

std::string json_object::line() const { return joined({"{", members_, "}\n"}); }

std::string json_array::ended() const { return joined({"[", elements_, "]"}); }

void json_array::add(const json_object& element) { add_raw(element.ended()); }

void json_array::add(std::string_view element) { add_raw(json_string(element)); }

void json_array::add_raw(std::string_view element) {
    if (!elements_.empty()) elements_ += ',';
    elements_ += element;
}

}  // namespace varve::cli
