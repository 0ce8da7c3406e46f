#include <sql/lexer.hpp>

#include <sql/character.hpp>
#include <sql/utf8.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

enum class escapes : std::uint8_t { none, backslash };

/// What lies between two tokens.
struct gap {
    bool newline = false;
    bool block_comment = false;
};

/// Works on a text without NUL, so that NUL can stand for the end.
class scanner {
public:
    scanner(std::string_view text, engine_kind dialect)
        : text_(text),
          postgresql_(dialect == engine_kind::postgresql),
          has_carriage_return_(text.find('\r') != nowhere) {
        out_.tokens.reserve(text.size() / 5 + 8);
    }

    lexed run() {
        while (!stopped_ && at_ < text_.size()) {
            if (!scan_gap() && !scan_token()) scan_what_is_no_token();
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void fail(lex_error_kind kind, std::size_t offset) {
        out_.errors.push_back({kind, offset});
        stopped_ = true;
    }

    void emit(std::size_t begin, token_kind kind) {
        out_.tokens.push_back({.offset = begin,
                               .size = at_ - begin,
                               .kind = kind,
                               .newline_before = gap_.newline,
                               .continues_literal = false});
        gap_ = {};
        literal_with_escapes_ = false;
        last_variable_ = nowhere;
    }

    bool scan_gap() {
        const char c = peek();
        if (is_space(c)) {
            gap_.newline |= c == '\n';
            ++at_;
            return true;
        }
        if (c == '-' && peek(1) == '-') return scan_line_comment();
        if (c == '/' && peek(1) == '*') return scan_block_comment();
        return false;
    }

    bool scan_line_comment() {
        const std::size_t begin = at_;
        at_ = std::min(text_.find('\n', at_), text_.size());
        add_comment(begin);
        return true;
    }

    bool scan_block_comment() {
        const std::size_t begin = at_;
        at_ = end_of_block_comment();
        if (at_ == nowhere) {
            fail(lex_error_kind::unterminated_comment, begin);
            return true;
        }
        gap_.block_comment = true;
        gap_.newline |= text_.substr(begin, at_ - begin).find('\n') != nowhere;
        add_comment(begin);
        return true;
    }

    [[nodiscard]] std::size_t end_of_block_comment() const {
        std::size_t depth = 1;
        for (std::size_t i = at_ + 2; i + 1 < text_.size(); ++i) {
            if (text_[i] == '*' && text_[i + 1] == '/') {
                --depth;
                ++i;
                if (depth == 0) return i + 1;
            } else if (postgresql_ && text_[i] == '/' && text_[i + 1] == '*') {
                ++depth;
                ++i;
            }
        }
        // SQLite takes the end of the file for the end of the comment.
        return postgresql_ ? nowhere : text_.size();
    }

    void add_comment(std::size_t begin) {
        out_.comments.push_back({.offset = begin, .size = at_ - begin});
        if (!has_carriage_return_) return;
        // SQLite goes on with a line comment behind a CR, PostgreSQL ends it there: what is meant cannot be known.
        const std::size_t carriage_return = text_.substr(0, at_).find('\r', begin);
        if (carriage_return != nowhere) fail(lex_error_kind::lone_carriage_return, carriage_return);
    }

    /// In the order of docs/checksum.md. True if a token or an error was found.
    bool scan_token() {
        const char c = peek();
        if (c == '\'' || c == '"') return scan_quote(at_);
        if (!postgresql_ && c == '`') return scan_quote(at_);
        if (!postgresql_ && c == '[') return scan_bracketed();
        if (postgresql_ && c == '$' && peek(1) != '{') return scan_dollar();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return scan_number();
        if (is_word_byte(c)) return scan_prefixed_quote() || scan_word();
        if (is_operator_byte(c)) return scan_operator();
        if (c == '.') return scan_dots();
        return false;
    }

    void scan_what_is_no_token() {
        if (peek() == '\r') return fail(lex_error_kind::lone_carriage_return, at_);
        if (peek() == '\\') {
            out_.errors.push_back({lex_error_kind::backslash, at_});
            at_ = std::min(text_.find('\n', at_), text_.size());
            return;
        }
        ++at_;
        emit(at_ - 1, token_kind::punctuation);
    }

    /// At a quote; `begin` is where its token begins, which may be a prefix.
    bool scan_quote(std::size_t begin, escapes inside = escapes::none) {
        const bool continues = begin == at_ && continues_literal();
        if (continues && literal_with_escapes_) inside = escapes::backslash;
        if (touches_variable(begin)) return true;
        const char quote = peek();
        const std::size_t opening = at_;
        at_ = end_of_quote(quote, inside);
        if (at_ == nowhere) {
            fail(quote == '\'' ? lex_error_kind::unterminated_quote : lex_error_kind::unterminated_identifier, opening);
            return true;
        }
        emit(begin, token_kind::quoted);
        out_.tokens.back().continues_literal = continues;
        literal_with_escapes_ = inside == escapes::backslash;
        return true;
    }

    [[nodiscard]] std::size_t end_of_quote(char quote, escapes inside) const {
        for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
            if (inside == escapes::none) {
                i = text_.find(quote, i);
                if (i == nowhere) break;
            } else if (text_[i] == '\\') {
                ++i;
                continue;
            } else if (text_[i] != quote) {
                continue;
            }
            const bool doubled = i + 1 < text_.size() && text_[i + 1] == quote;
            if (!doubled) return i + 1;
            ++i;
        }
        return nowhere;
    }

    /// PostgreSQL joins 'a' and 'b' on the next line into one literal; only spaces and line comments may lie between.
    [[nodiscard]] bool continues_literal() const {
        if (!postgresql_ || peek() != '\'' || out_.tokens.empty() || !gap_.newline || gap_.block_comment) return false;
        return text_[out_.tokens.back().end() - 1] == '\'';
    }

    bool scan_bracketed() {
        const std::size_t begin = at_;
        if (touches_variable(begin)) return true;
        at_ = text_.find(']', at_);
        if (at_ == nowhere) {
            fail(lex_error_kind::unterminated_identifier, begin);
            return true;
        }
        ++at_;
        emit(begin, token_kind::quoted);
        return true;
    }

    /// PostgreSQL: a dollar quote, a parameter, or nothing.
    bool scan_dollar() {
        const std::size_t begin = at_;
        if (is_digit(peek(1))) {
            ++at_;
            while (is_tag_byte(peek())) ++at_;
            emit(begin, token_kind::parameter);
            return true;
        }
        std::size_t tag_end = at_ + 1;
        if (is_tag_start(peek(1))) {
            while (tag_end < text_.size() && is_tag_byte(text_[tag_end])) ++tag_end;
        }
        if (tag_end == text_.size() || text_[tag_end] != '$') {
            fail(lex_error_kind::lone_dollar, begin);
            return true;
        }
        const std::string_view tag = text_.substr(begin, tag_end + 1 - begin);
        const std::size_t closing = text_.find(tag, tag_end + 1);
        if (closing == nowhere) {
            fail(lex_error_kind::unterminated_dollar_quote, begin);
            return true;
        }
        at_ = closing + tag.size();
        emit(begin, token_kind::quoted);
        return true;
    }

    bool scan_prefixed_quote() {
        const char prefix = to_lower(peek());
        const char next = peek(1);
        const std::size_t begin = at_;
        if (next == '\'' &&
            (postgresql_ ? prefix == 'e' || prefix == 'b' || prefix == 'x' || prefix == 'n' : prefix == 'x')) {
            at_ += 1;
            return scan_quote(begin, prefix == 'e' ? escapes::backslash : escapes::none);
        }
        if (postgresql_ && prefix == 'u' && next == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            at_ += 2;
            return scan_quote(begin);
        }
        return false;
    }

    bool scan_number() {
        const std::size_t begin = at_;
        if (touches_variable(begin)) return true;
        const bool hexadecimal = peek() == '0' && to_lower(peek(1)) == 'x';
        while (number_goes_on(hexadecimal ? nowhere : begin)) ++at_;
        emit(begin, token_kind::number);
        return true;
    }

    /// `exponent_after` is where an exponent may follow; a hexadecimal number has none.
    [[nodiscard]] bool number_goes_on(std::size_t exponent_after) const {
        const char c = peek();
        if (c == '$') return !postgresql_ && peek(1) != '{';
        if (is_word_byte(c)) return true;
        if (c == '.') return peek(1) != '.';
        const bool signed_exponent = (c == '+' || c == '-') && is_digit(peek(1));
        return signed_exponent && exponent_after != nowhere && to_lower(text_[at_ - 1]) == 'e';
    }

    bool scan_word() {
        const std::size_t begin = at_;
        std::size_t variable = nowhere;
        while (is_word_byte(peek())) {
            if (peek() != '$' || peek(1) != '{') {
                ++at_;
                variable = nowhere;
                continue;
            }
            variable = at_;
            if (touches_number_or_quote(variable) || !skip_variable()) {
                fail(lex_error_kind::malformed_variable, variable);
                return true;
            }
        }
        emit(begin, token_kind_of_word(begin));
        last_variable_ = variable;
        return true;
    }

    // SQLite takes a word that begins with a dollar sign for a parameter.
    [[nodiscard]] token_kind token_kind_of_word(std::size_t begin) const {
        const std::string_view word = text_.substr(begin, 2);
        return word.front() == '$' && word != "${" ? token_kind::parameter : token_kind::word;
    }

    bool skip_variable() {
        if (!is_name_start(peek(2))) return false;
        std::size_t ahead = 3;
        while (is_name_byte(peek(ahead))) ++ahead;
        if (peek(ahead) != '}') return false;
        at_ += ahead + 1;
        return true;
    }

    [[nodiscard]] bool touches_number_or_quote(std::size_t begin) const {
        if (out_.tokens.empty()) return false;
        const token& before = out_.tokens.back();
        const bool is_value = before.kind == token_kind::number || before.kind == token_kind::quoted ||
                              (postgresql_ && before.kind == token_kind::parameter);
        return is_value && before.end() == begin;
    }

    /// A number or a quote that begins where a `${name}` ended: an error.
    bool touches_variable(std::size_t begin) {
        if (last_variable_ == nowhere || out_.tokens.back().end() != begin) return false;
        fail(lex_error_kind::malformed_variable, last_variable_);
        return true;
    }

    bool scan_operator() {
        const std::size_t begin = at_;
        do {
            ++at_;
        } while (operator_goes_on());
        emit(begin, token_kind::operator_sign);
        return true;
    }

    [[nodiscard]] bool operator_goes_on() const {
        const char c = peek();
        if (!is_operator_byte(c) || (!postgresql_ && c == '`')) return false;
        return !(c == '-' && peek(1) == '-') && !(c == '/' && peek(1) == '*');
    }

    bool scan_dots() {
        const std::size_t begin = at_;
        while (peek() == '.') ++at_;
        emit(begin, token_kind::punctuation);
        return true;
    }

    std::string_view text_;
    bool postgresql_;
    bool has_carriage_return_;
    std::size_t at_ = 0;
    bool stopped_ = false;
    gap gap_;
    bool literal_with_escapes_ = false;    ///< the last token was e'' or goes on with one
    std::size_t last_variable_ = nowhere;  ///< the `${name}` that the last token ended with
    lexed out_;
};

std::optional<lex_error> first_invalid_byte(std::string_view text) {
    const std::size_t nul = text.find('\0');
    const std::optional<std::size_t> not_utf8 = first_invalid_utf8(text.substr(0, nul));
    if (not_utf8) return lex_error{lex_error_kind::invalid_utf8, *not_utf8};
    if (nul != nowhere) return lex_error{lex_error_kind::nul_byte, nul};
    return std::nullopt;
}

/// These stand where they stand, whatever follows; an unterminated quote may be one only because the text was cut.
bool holds_in_a_cut_text(const lex_error& error) {
    return error.kind == lex_error_kind::backslash || error.kind == lex_error_kind::lone_carriage_return;
}

}  // namespace

lexed lex(std::string_view text, engine_kind dialect) {
    const std::optional<lex_error> invalid = first_invalid_byte(text);
    if (!invalid) return scanner(text, dialect).run();
    lexed result = scanner(text.substr(0, invalid->offset), dialect).run();
    std::erase_if(result.errors, [](const lex_error& error) { return !holds_in_a_cut_text(error); });
    result.errors.push_back(*invalid);
    return result;
}

std::string_view text_of(std::string_view text, const token& cut) { return text.substr(cut.offset, cut.size); }

bool is_word(std::string_view text, const token& cut, std::string_view word) {
    if (cut.kind != token_kind::word || cut.size != word.size()) return false;
    return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(cut.offset),
                      [](char lower, char c) { return to_lower(c) == lower; });
}

}  // namespace varve::generator
