#pragma once

#include <varve/history.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

enum class token_kind : std::uint8_t { word, number, parameter, quoted, operator_sign, punctuation };

/// A token of checksum rule 1 (docs/checksum.md): steps 3 to 11 are the lexer's specification.
struct token {
    std::size_t offset = 0;
    std::size_t size = 0;
    token_kind kind = token_kind::word;
    bool newline_before = false;  ///< an LF in the space or comments since the token before
    /// PostgreSQL: goes on with the literal before it, with only spaces and `--` comments holding an LF between them.
    bool continues_literal = false;

    [[nodiscard]] std::size_t end() const { return offset + size; }
};

struct comment {
    std::size_t offset = 0;
    std::size_t size = 0;  ///< of a line comment: without its LF
};

/// Why a text has no tokens from some offset on.
enum class lex_error_kind : std::uint8_t {
    nul_byte,
    invalid_utf8,
    lone_carriage_return,
    unterminated_quote,
    unterminated_identifier,
    unterminated_dollar_quote,
    unterminated_comment,
    backslash,  ///< a psql meta-command
    lone_dollar,
    malformed_variable,  ///< `${` that is not `${name}`, or touches a number or a quote
};

struct lex_error {
    lex_error_kind kind;
    std::size_t offset;
};

/// Everything in a text, by offset. After a backslash the lexer goes on behind the line, so that every psql
/// meta-command is reported; after the other errors it stops.
struct lexed {
    std::vector<token> tokens;
    std::vector<comment> comments;
    std::vector<lex_error> errors;
};

/// Cuts a text (already without BOM and CRLF) into tokens. The only place that knows how SQL is written; statements,
/// checksums, directives and lint all use its tokens.
[[nodiscard]] lexed lex(std::string_view text, engine_kind dialect);

/// The token's bytes in the text it was cut from.
[[nodiscard]] std::string_view text_of(std::string_view text, const token&);

/// The token's text equals the word, whatever its case. `word` is in lower case.
[[nodiscard]] bool is_word(std::string_view text, const token&, std::string_view word);

}  // namespace varve::generator
