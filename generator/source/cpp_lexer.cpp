#include <source/cpp_lexer.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }
bool is_part_of_name(char c) { return begins_name(c) || is_decimal_digit(c); }
bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

bool is_prefix_of_literal(std::string_view name) {
    return name == "u8" || name == "u" || name == "U" || name == "L" || name == "R" || name == "u8R" || name == "uR" ||
           name == "UR" || name == "LR";
}

class cpp_lexing {
public:
    explicit cpp_lexing(std::string_view text) : text_(text) {}

    lexed run() {
        while (at_ < text_.size()) take();
        return std::move(result_);
    }

private:
    void take() {
        const char c = text_[at_];
        if (is_white_space(c)) {
            line_begins_ = line_begins_ || c == '\n';
            ++at_;
            return;
        }
        if (starts_with("//") || starts_with("/*")) return take_comment();
        const bool first_of_line = line_begins_;
        line_begins_ = false;
        if (c == '#' && first_of_line) return take_directive();
        if (begins_name(c)) return take_name();
        if (is_decimal_digit(c)) return add(end_of_number(at_), token_kind::number);
        if (c == '"' || c == '\'') return add(end_of_quoted(at_), token_kind::quoted);
        add(at_ + (starts_with("::") ? 2 : 1), token_kind::punctuation);
    }

    [[nodiscard]] bool starts_with(std::string_view what) const { return text_.substr(at_).starts_with(what); }

    void add(std::size_t end, token_kind kind) {
        token next;
        next.offset = at_;
        next.size = end - at_;
        next.kind = kind;
        result_.tokens.push_back(next);
        at_ = end;
    }

    void take_comment() {
        const std::size_t end = end_of_comment(at_);
        result_.comments.push_back({at_, end - at_});
        at_ = end;
    }

    [[nodiscard]] std::size_t end_of_comment(std::size_t begin) const {
        if (text_[begin + 1] == '/') return end_of_line(begin);
        const std::size_t end = text_.find("*/", begin + 2);
        return end == std::string_view::npos ? text_.size() : end + 2;
    }

    /// A backslash joins the next line to it.
    [[nodiscard]] std::size_t end_of_line(std::size_t begin) const {
        std::size_t end = text_.find('\n', begin);
        while (end != std::string_view::npos && end > begin && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
        return std::min(end, text_.size());
    }

    /// With the comment that may end it: a block comment can go on over lines.
    void take_directive() {
        std::size_t end = at_;
        while (end < text_.size() && text_[end] != '\n') {
            if (text_.substr(end).starts_with("/*")) {
                end = end_of_comment(end);
            } else if (text_.substr(end).starts_with("//")) {
                end = end_of_line(end);
            } else {
                end += text_.substr(end).starts_with("\\\n") ? 2 : 1;
            }
        }
        add(end, token_kind::operator_sign);
    }

    void take_name() {
        const auto first = text_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto last = std::find_if_not(first, text_.end(), is_part_of_name);
        const auto end = static_cast<std::size_t>(last - text_.begin());
        const std::string_view name = text_.substr(at_, end - at_);
        const bool touches_quote = end < text_.size() && (text_[end] == '"' || text_[end] == '\'');
        if (!touches_quote || !is_prefix_of_literal(name)) return add(end, token_kind::word);
        const bool raw = name.ends_with('R') && text_[end] == '"';
        add(raw ? end_of_raw(end) : end_of_quoted(end), token_kind::quoted);
    }

    /// Digits with letters, dots, signs of exponents and ' between them.
    [[nodiscard]] std::size_t end_of_number(std::size_t at) const {
        for (++at; at < text_.size(); ++at) {
            const char c = text_[at];
            const bool sign =
                (c == '+' || c == '-') && std::string_view("eEpP").find(text_[at - 1]) != std::string_view::npos;
            const bool separator = c == '\'' && at + 1 < text_.size() && is_part_of_name(text_[at + 1]);
            if (!is_part_of_name(c) && c != '.' && !sign && !separator) break;
        }
        return at;
    }

    [[nodiscard]] std::size_t end_of_quoted(std::size_t at) const {
        const char quote = text_[at];
        for (++at; at < text_.size() && text_[at] != '\n'; ++at) {
            if (text_[at] == quote) return at + 1;
            if (text_[at] == '\\') ++at;
        }
        return std::min(at, text_.size());
    }

    [[nodiscard]] std::size_t end_of_raw(std::size_t at) const {
        const std::size_t open = text_.find('(', at);
        if (open == std::string_view::npos) return text_.size();
        const std::string close = ")" + std::string(text_.substr(at + 1, open - at - 1)) + "\"";
        const std::size_t end = text_.find(close, open);
        return end == std::string_view::npos ? text_.size() : end + close.size();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool line_begins_ = true;
    lexed result_;
};

}  // namespace

lexed lex_cpp(std::string_view text) { return cpp_lexing(text).run(); }

}  // namespace varve::generator
