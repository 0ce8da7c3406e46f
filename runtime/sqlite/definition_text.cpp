#include "definition_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace varve::sqlite {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_word(char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_letter || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80U;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// What SQLite takes apart when it reads a definition: it accepted the text, so that nothing is unterminated.
class token_source {
public:
    explicit token_source(std::string_view text) : text_(text) {}

    /// Empty at the end.
    std::string next() {
        skip_what_means_nothing();
        if (text_.empty()) return {};
        const char first = text_.front();
        if (first == '\'') return quoted('\'');
        if (first == '"' || first == '`') return name_between(first);
        if (first == '[') return name_between(']');
        std::string result;
        while (!text_.empty() && is_word(text_.front())) result += lower(take());
        if (result.empty()) result += take();
        return result;
    }

private:
    char take() {
        const char c = text_.front();
        text_.remove_prefix(1);
        return c;
    }

    void skip_what_means_nothing() {
        while (!text_.empty()) {
            std::size_t end = 0;
            if (is_space(text_.front())) end = 1;
            if (text_.starts_with("--")) end = std::min(text_.find('\n'), text_.size());
            if (text_.starts_with("/*")) end = std::min(text_.find("*/", 2), text_.size() - 2) + 2;
            if (end == 0) return;
            text_.remove_prefix(end);
        }
    }

    std::string quoted(char quote) {
        std::string result(1, take());
        while (!text_.empty()) {
            result += take();
            if (result.back() == quote && !text_.starts_with(quote)) break;
            if (result.back() == quote) result += take();
        }
        return result;
    }

    std::string name_between(char end) {
        take();
        std::string result;
        while (!text_.empty()) {
            const char c = take();
            if (c == end && (end == ']' || !text_.starts_with(end))) break;
            if (c == end) take();
            result += lower(c);
        }
        return result;
    }

    std::string_view text_;
};

void append_token(std::string& to, std::string_view token) {
    if (!to.empty()) to += ' ';
    to += token;
}

}  // namespace

std::string canonical(std::string_view sql) {
    token_source source(sql);
    std::string result;
    for (std::string token = source.next(); !token.empty(); token = source.next()) append_token(result, token);
    return result;
}

table_definition table_definition_in(std::string_view sql) {
    token_source source(sql);
    table_definition result;
    std::string item;
    int depth = 0;
    bool is_virtual = false;
    for (std::string token = source.next(); !token.empty(); token = source.next()) {
        is_virtual = is_virtual || (depth == 0 && !result.has_items && token == "virtual");
        const bool ends_item = depth == 1 && (token == "," || token == ")");
        if (token == ")") --depth;
        if (ends_item) {
            result.items.push_back(std::exchange(item, {}));
        } else if (depth > 0) {
            append_token(item, token);
        } else if (result.has_items && token != "(") {
            append_token(result.options, token);
        }
        if (token == "(" && depth++ == 0) result.has_items = true;
    }
    result.has_items = result.has_items && !is_virtual;
    return result;
}

bool is_table_constraint(std::string_view item) {
    constexpr std::array words{"constraint", "primary", "unique", "check", "foreign"};
    const std::string_view first = item.substr(0, item.find(' '));
    return std::find(words.begin(), words.end(), first) != words.end();
}

}  // namespace varve::sqlite
