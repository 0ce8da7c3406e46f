#pragma once

#include <schema/statement_text.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// Goes through a part of a statement's tokens, taking what it recognises and staying where it does not.
class token_cursor {
public:
    explicit token_cursor(const statement_text& text) : token_cursor(text, 0, text.size()) {}
    token_cursor(const statement_text& text, std::size_t begin, std::size_t end)
        : text_(&text), index_(begin), end_(end) {}

    [[nodiscard]] const statement_text& text() const { return *text_; }
    [[nodiscard]] std::size_t index() const { return index_; }
    [[nodiscard]] std::size_t end() const { return end_; }
    [[nodiscard]] bool at_end() const { return index_ >= end_; }
    void skip() { ++index_; }
    void go_to(std::size_t index) { index_ = index; }

    [[nodiscard]] bool at(std::string_view word) const { return !at_end() && text_->tokens().word(index_, word); }
    [[nodiscard]] bool at_any(std::initializer_list<std::string_view> words) const {
        return std::any_of(words.begin(), words.end(), [&](std::string_view each) { return at(each); });
    }
    [[nodiscard]] bool at_symbol(std::string_view symbol) const {
        return !at_end() && text_->tokens().symbol(index_, symbol);
    }
    [[nodiscard]] bool at_name() const { return !at_end() && text_->is_name(index_); }

    /// All of these words, or none.
    bool take(std::initializer_list<std::string_view> words);
    bool take(std::string_view word) { return take({word}); }
    bool take_any(std::initializer_list<std::string_view> words);
    bool take_symbol(std::string_view symbol);
    [[nodiscard]] std::string take_name();
    [[nodiscard]] object_name take_qualified_name();
    /// `(a, b)`; nothing is taken, and nothing given, if there is none.
    [[nodiscard]] std::vector<std::string> take_names_in_parentheses();
    /// Over `( .. )`, if there is one.
    bool skip_parentheses();
    /// To the word at this depth of parentheses; to the end if it is not there.
    bool skip_to(std::initializer_list<std::string_view> words);

    /// The elements of the `( .. , .. )` that begins here, and over it.
    [[nodiscard]] std::vector<token_cursor> take_elements();
    /// From here up to the next `,` at this depth, and over both.
    [[nodiscard]] token_cursor take_element();
    /// From one index to another of the same statement.
    [[nodiscard]] token_cursor part(std::size_t begin, std::size_t end) const { return {*text_, begin, end}; }

private:
    const statement_text* text_;
    std::size_t index_;
    std::size_t end_;
};

}  // namespace varve::generator
