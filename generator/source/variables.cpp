#include <source/variables.hpp>

#include <algorithm>
#include <cstddef>

namespace varve::generator {
namespace {

constexpr std::string_view begin_of_variable = "${";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A word and nothing else: what it stands in must be cut into the same tokens, whatever the value.
bool is_value(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80U;
    });
}

bool is_name(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); });
}

// The word with what its variables stand for. The lexer has seen that each of them is closed.
void append_word(filled_text& to, std::string_view word, const variable_values& values) {
    for (std::size_t at = word.find(begin_of_variable); at != std::string_view::npos;
         at = word.find(begin_of_variable)) {
        const std::size_t end = word.find('}', at);
        if (end == std::string_view::npos) break;
        const std::string_view name = word.substr(at + 2, end - at - 2);
        const auto value = values.find(name);
        to.text += word.substr(0, value == values.end() ? end + 1 : at);
        if (value != values.end()) {
            to.text += value->second;
            to.used.insert(value->first);
        }
        word.remove_prefix(end + 1);
    }
    to.text += word;
}

}  // namespace

filled_text fill_in(std::string_view text, const lexed& script, const variable_values& values) {
    filled_text result;
    std::size_t copied = 0;
    for (const token& each : script.tokens) {
        if (each.kind != token_kind::word) continue;
        result.text += text.substr(copied, each.offset - copied);
        append_word(result, text_of(text, each), values);
        copied = each.end();
    }
    result.text += text.substr(copied);
    return result;
}

std::string why_not_a_variable(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    const std::string shown = "'" + std::string(assignment) + "'";
    if (equals == std::string_view::npos) return shown + " gives no value: write schema=auth";
    if (!is_name(assignment.substr(0, equals)))
        return shown + " has no name for a variable: a letter or `_`, then letters, digits and `_`";
    if (!is_value(assignment.substr(equals + 1)))
        return shown + " has no value for a variable: it is one word of letters, digits and `_`, without quotes";
    return {};
}

}  // namespace varve::generator
