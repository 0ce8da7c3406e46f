#include <sql/checksum.hpp>

#include <algorithm>
#include <charconv>

namespace varve::generator {
namespace {

constexpr std::size_t digits_in_digest = 64;

bool is_semicolon(std::string_view text, const token& cut) {
    return cut.kind == token_kind::punctuation && text[cut.offset] == ';';
}

void append_token(std::string& hashed, std::string_view text, const token& cut) {
    hashed.append(text_of(text, cut));
    hashed.push_back('\0');
}

std::string hash_input(std::string_view text, std::span<const token> tokens) {
    std::string hashed;
    if (tokens.empty()) return hashed;
    hashed.reserve(tokens.back().end() - tokens.front().offset + tokens.size() + 1);
    // A `;` counts only between two other tokens, and several count as one.
    const token* separator = nullptr;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (is_semicolon(text, tokens[i])) {
            separator = hashed.empty() ? nullptr : &tokens[i];
            continue;
        }
        if (separator != nullptr) append_token(hashed, text, *separator);
        separator = nullptr;
        if (tokens[i].continues_literal && i > 0) hashed.push_back('\n');
        append_token(hashed, text, tokens[i]);
    }
    return hashed;
}

std::optional<std::uint64_t> parse_word(std::string_view digits) {
    const bool lower_case = std::all_of(digits.begin(), digits.end(),
                                        [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!lower_case) return std::nullopt;
    std::uint64_t word = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), word, 16);
    return word;
}

std::optional<std::uint8_t> parse_rule(std::string_view digits) {
    std::uint8_t rule = 0;
    const char* const end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, rule);
    const bool plain = parsed.ec == std::errc() && parsed.ptr == end && digits.front() != '0';
    return plain ? std::optional(rule) : std::nullopt;
}

}  // namespace

const checksum_rule* find_checksum_rule(std::uint8_t number) {
    for (const checksum_rule& rule : checksum_rules()) {
        if (rule.number == number) return &rule;
    }
    return nullptr;
}

// The dialect has done its work in the lexer: only PostgreSQL's tokens ever go on with a literal.
digest token_checksum(std::string_view text, std::span<const token> tokens, engine_kind /*dialect*/) {
    return sha256(hash_input(text, tokens));
}

std::string to_string(const checksum& value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = std::to_string(value.rule) + ':';
    for (const std::uint64_t word : value.value.words) {
        for (int shift = 60; shift >= 0; shift -= 4) result += digits[word >> shift & 0xFU];
    }
    return result;
}

std::optional<checksum> parse_checksum(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::optional<std::uint8_t> rule = parse_rule(text.substr(0, colon));
    const std::string_view digits = text.substr(colon + 1);
    if (!rule || digits.size() != digits_in_digest) return std::nullopt;
    checksum result{.rule = *rule, .value = {}};
    for (std::size_t i = 0; i < result.value.words.size(); ++i) {
        const std::optional<std::uint64_t> word = parse_word(digits.substr(i * 16, 16));
        if (!word) return std::nullopt;
        result.value.words[i] = *word;
    }
    return result;
}

std::int64_t mark_of(std::string_view slot, const checksum& value) {
    std::string hashed(slot);
    hashed.push_back('\0');
    hashed += to_string(value);
    return static_cast<std::int64_t>(sha256(hashed).words[0] >> 24);
}

}  // namespace varve::generator
