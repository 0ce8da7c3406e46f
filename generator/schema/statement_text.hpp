#pragma once

#include <schema/changes.hpp>
#include <sql/token_reader.hpp>
#include <varve/history.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace varve::generator {

/// The tokens of one statement: names as the database stores them, and pieces of its text. Indexes count the
/// statement's tokens; one behind the last means the end.
class statement_text {
public:
    statement_text(std::string_view file_text, std::span<const token> tokens, engine_kind dialect)
        : file_text_(file_text), tokens_(file_text, tokens), dialect_(dialect) {}

    [[nodiscard]] const token_reader& tokens() const { return tokens_; }
    [[nodiscard]] engine_kind dialect() const { return dialect_; }
    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    /// Where the statement begins in the file.
    [[nodiscard]] std::size_t offset() const { return tokens_[0].offset; }
    /// Where a token begins in the file.
    [[nodiscard]] std::size_t offset_of(std::size_t index) const;

    /// The first token that does not begin before this offset of the file.
    [[nodiscard]] std::size_t index_at(std::size_t offset) const;
    /// From `(` to behind its `)`.
    [[nodiscard]] std::size_t behind_parentheses(std::size_t index) const;
    /// The `,` or `)` that ends the element of a list this token is in, or the end.
    [[nodiscard]] std::size_t end_of_element(std::size_t index) const;
    /// As written, comments included, from one token to before another.
    [[nodiscard]] std::string text(std::size_t begin, std::size_t end) const;

    /// A word or something between quotes that can be a name.
    [[nodiscard]] bool is_name(std::size_t index) const;
    /// Without quotes; PostgreSQL: folded to lower case unless quoted. Empty behind the end.
    [[nodiscard]] std::string name(std::size_t index) const;
    /// A text between single quotes, without them.
    [[nodiscard]] std::string literal(std::size_t index) const;
    /// `name`, `schema.name` (of a longer one the last two parts), moving the index behind it.
    [[nodiscard]] object_name qualified_name(std::size_t& index) const;

private:
    std::string_view file_text_;
    token_reader tokens_;
    engine_kind dialect_;
};

}  // namespace varve::generator
