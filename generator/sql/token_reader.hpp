#pragma once

#include <sql/lexer.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace varve::generator {

/// Asks tokens what they are: those of a script or of one statement. An index behind the end is never anything.
/// Words are compared whatever their case and are given in lower case.
class token_reader {
public:
    token_reader(std::string_view text, std::span<const token> tokens) : text_(text), tokens_(tokens) {}

    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    [[nodiscard]] const token& operator[](std::size_t index) const { return tokens_[index]; }
    [[nodiscard]] std::string_view text(std::size_t index) const { return text_of(text_, tokens_[index]); }

    [[nodiscard]] bool word(std::size_t index, std::string_view expected) const {
        return index < tokens_.size() && is_word(text_, tokens_[index], expected);
    }
    [[nodiscard]] bool any_word(std::size_t index, std::initializer_list<std::string_view> expected) const;
    /// These words, one behind the other.
    [[nodiscard]] bool words(std::size_t index, std::initializer_list<std::string_view> expected) const;
    /// An operator or a punctuation mark.
    [[nodiscard]] bool symbol(std::size_t index, std::string_view expected) const;
    [[nodiscard]] bool quoted(std::size_t index) const {
        return index < tokens_.size() && tokens_[index].kind == token_kind::quoted;
    }
    /// Where the word stands, from an index on.
    [[nodiscard]] std::optional<std::size_t> find_word(std::string_view expected, std::size_t from = 0) const;
    /// A name or a value in lower case, without its quotes; empty behind the end.
    [[nodiscard]] std::string plain(std::size_t index) const;
    /// The next token begins where this one ends.
    [[nodiscard]] bool touches_next(std::size_t index) const {
        return index + 1 < tokens_.size() && tokens_[index].end() == tokens_[index + 1].offset;
    }

private:
    std::string_view text_;
    std::span<const token> tokens_;
};

}  // namespace varve::generator
