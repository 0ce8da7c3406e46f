#include "schema_text.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace varve::sqlite {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_figure(char c) { return c >= '0' && c <= '9'; }
bool is_name_byte(char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_figure(c);
    return is_letter || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80U;
}
bool is_operator_byte(char c) { return std::string_view("~!@#%^&|?+-*/<>=:").find(c) != std::string_view::npos; }

struct token {
    enum class kind : std::uint8_t { word, quoted, mark } what = kind::word;
    std::string_view text;
    [[nodiscard]] bool is(std::string_view lower) const {
        return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char mine, char theirs) {
            return mine == theirs || (mine >= 'A' && mine <= 'Z' && mine - 'A' + 'a' == theirs);
        });
    }
};

// SQLite accepted the text: whatever is begun in it is ended.
class tokens_of {
public:
    explicit tokens_of(std::string_view text) : text_(text) {}

    std::vector<token> all() {
        std::vector<token> result;
        for (skip_what_means_nothing(); at_ < text_.size(); skip_what_means_nothing()) {
            const std::size_t begin = at_;
            const token::kind what = pass();
            result.push_back({what, text_.substr(begin, at_ - begin)});
        }
        return result;
    }

private:
    [[nodiscard]] char peek(std::size_t further = 0) const {
        return at_ + further < text_.size() ? text_[at_ + further] : '\0';
    }

    void skip_what_means_nothing() {
        while (at_ < text_.size()) {
            if (is_blank(peek())) {
                ++at_;
            } else if (peek() == '-' && peek(1) == '-') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (peek() == '/' && peek(1) == '*') {
                const std::size_t end = text_.find("*/", at_ + 2);
                at_ = end == std::string_view::npos ? text_.size() : end + 2;
            } else {
                return;
            }
        }
    }

    token::kind pass() {
        const char first = peek();
        if ((first == 'x' || first == 'X') && peek(1) == '\'') {
            ++at_;
            pass_quoted('\'');
            return token::kind::quoted;
        }
        if (first == '\'' || first == '"' || first == '`') {
            pass_quoted(first);
            return token::kind::quoted;
        }
        if (first == '[') {
            at_ = std::min(text_.find(']', at_), text_.size() - 1) + 1;
            return token::kind::quoted;
        }
        if (is_figure(first) || (first == '.' && is_figure(peek(1)))) {
            pass_number();
            return token::kind::word;
        }
        if (is_name_byte(first)) {
            while (is_name_byte(peek())) ++at_;
            return token::kind::word;
        }
        ++at_;
        if (is_operator_byte(first)) pass_operator();
        return token::kind::mark;
    }

    void pass_quoted(char quote) {
        ++at_;
        while (at_ < text_.size()) {
            if (text_[at_++] != quote) continue;
            if (peek() != quote) return;
            ++at_;
        }
    }

    void pass_number() {
        while (is_name_byte(peek()) || peek() == '.') {
            const bool exponent = (peek() == 'e' || peek() == 'E') && (peek(1) == '+' || peek(1) == '-');
            at_ += exponent && is_figure(peek(2)) ? 2 : 1;
        }
    }

    void pass_operator() {
        while (is_operator_byte(peek()) && !(peek() == '-' && peek(1) == '-') && !(peek() == '/' && peek(1) == '*'))
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool is_space_between(const token& left, const token& right) {
    if (left.text == "(" || left.text == "." || right.text == ".") return false;
    if (right.text == "," || right.text == ")" || right.text == ";") return false;
    if (right.text != "(") return true;
    return left.what == token::kind::mark && left.text != ")";
}

// A minus that belongs to what follows it.
bool is_sign(const token& before, const token& each) {
    if (each.text != "-" && each.text != "+") return false;
    return before.is("default") || (before.what == token::kind::mark && before.text != ")");
}

class layout {
public:
    explicit layout(std::vector<token> tokens) : tokens_(std::move(tokens)) {
        if (tokens_.size() < 2) return;
        // CREATE TABLE, CREATE TEMP TRIGGER; a virtual table has arguments, not columns.
        table_ = tokens_[1].is("table");
        trigger_ = tokens_[1].is("trigger");
    }

    std::string text() {
        for (std::size_t at = 0; at < tokens_.size(); ++at) add(at);
        return text_ + ";";
    }

private:
    void add(std::size_t at) {
        const token& each = tokens_[at];
        if (each.text == ")" && --depth_ == 0 && table_) text_ += '\n';
        if (at > 0 && !at_line_begin()) {
            const bool opens_columns = table_ && !had_columns_ && each.text == "(";
            const bool is_signed = at > 1 && is_sign(tokens_[at - 2], tokens_[at - 1]);
            if (opens_columns || (!is_signed && is_space_between(tokens_[at - 1], each))) text_ += ' ';
        }
        text_ += each.text;
        if (each.text == "(" && depth_++ == 0 && table_ && !had_columns_) {
            had_columns_ = true;
            text_ += "\n    ";
        }
        if (each.text == "," && depth_ == 1 && table_) text_ += "\n    ";
        if (!trigger_) return;
        const bool last = at + 2 == tokens_.size();
        if (each.is("begin") && each.what == token::kind::word) text_ += "\n    ";
        if (each.text == ";") text_ += last ? "\n" : "\n    ";
    }

    [[nodiscard]] bool at_line_begin() const { return text_.ends_with('\n') || text_.ends_with("\n    "); }

    std::vector<token> tokens_;
    std::string text_;
    int depth_ = 0;
    bool table_ = false;
    bool trigger_ = false;
    bool had_columns_ = false;
};

}  // namespace

std::string schema_text(std::string_view definition) { return layout(tokens_of(definition).all()).text(); }

}  // namespace varve::sqlite
