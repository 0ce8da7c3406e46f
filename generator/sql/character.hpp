#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The classes of bytes in docs/checksum.md. Bytes, not characters: whatever is not ASCII belongs to a word.
namespace varve::generator {

namespace character_classes {

inline constexpr std::uint8_t space = 1;
inline constexpr std::uint8_t word = 2;
inline constexpr std::uint8_t operator_sign = 4;

constexpr std::array<std::uint8_t, 256> table() {
    std::array<std::uint8_t, 256> classes{};
    for (const char c : std::string_view(" \t\n\f\v")) classes[static_cast<unsigned char>(c)] = space;
    for (const char c : std::string_view("~!@#%^&|`?+-*/<>=:")) classes[static_cast<unsigned char>(c)] = operator_sign;
    for (unsigned c = '0'; c <= '9'; ++c) classes[c] = word;
    for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = word;
    for (unsigned c = 'A'; c <= 'Z'; ++c) classes[c] = word;
    for (unsigned c = 0x80; c <= 0xFF; ++c) classes[c] = word;
    classes['_'] = word;
    classes['$'] = word;
    return classes;
}

inline constexpr std::array<std::uint8_t, 256> of = table();

}  // namespace character_classes

constexpr bool is_space(char c) {
    return character_classes::of[static_cast<unsigned char>(c)] == character_classes::space;
}
constexpr bool is_word_byte(char c) {
    return character_classes::of[static_cast<unsigned char>(c)] == character_classes::word;
}
constexpr bool is_operator_byte(char c) {
    return character_classes::of[static_cast<unsigned char>(c)] == character_classes::operator_sign;
}
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

/// May begin the tag of a dollar quote.
constexpr bool is_tag_start(char c) { return is_word_byte(c) && !is_digit(c) && c != '$'; }
constexpr bool is_tag_byte(char c) { return is_word_byte(c) && c != '$'; }

/// May begin the name in `${name}`.
constexpr bool is_name_start(char c) { return is_tag_start(c) && static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_name_byte(char c) { return is_name_start(c) || is_digit(c); }

}  // namespace varve::generator
