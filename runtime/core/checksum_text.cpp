#include "text.hpp"

#include <varve/ledger.hpp>

#include <charconv>

namespace varve {
namespace {

constexpr std::size_t digits_a_word = 16;
constexpr std::size_t digits_a_digest = 64;

void append_hex(std::string& text, std::uint64_t word) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[(word >> static_cast<unsigned>(shift)) & 0xFU];
}

template <typename Number>
bool read_number(std::string_view text, Number& value, int base) noexcept {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return failure == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string to_string(const checksum& from) {
    std::string text = core::joined({from.rule, ":"});
    for (const std::uint64_t word : from.value.words) append_hex(text, word);
    return text;
}

std::optional<checksum> checksum_from(std::string_view text) noexcept {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.size() != colon + 1 + digits_a_digest) return std::nullopt;
    checksum value;
    if (!read_number(text.substr(0, colon), value.rule, 10) || value.rule == 0) return std::nullopt;
    const std::string_view hex = text.substr(colon + 1);
    if (hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    for (std::size_t index = 0; index < value.value.words.size(); ++index) {
        if (!read_number(hex.substr(index * digits_a_word, digits_a_word), value.value.words[index], 16)) return {};
    }
    return value;
}

}  // namespace varve
