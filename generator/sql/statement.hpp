#pragma once

#include <sql/lexer.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace varve::generator {

class token_reader;

/// A statement as a range of tokens, without its `;`. Its text goes from the first token's begin to the last one's end.
struct sql_statement {
    std::size_t first_token = 0;
    std::size_t token_count = 0;
};

/// Cuts tokens into statements. Knows `BEGIN ATOMIC` bodies, parentheses (rules) and SQLite's triggers; empty
/// statements are dropped. A plain BEGIN/COMMIT wrapper is still there: see classify.hpp.
[[nodiscard]] std::vector<sql_statement> cut(std::string_view text, std::span<const token>, engine_kind dialect);

/// PostgreSQL: CREATE [OR REPLACE] FUNCTION or PROCEDURE begins here. Only these have `BEGIN ATOMIC` bodies and may
/// name their arguments `$1`.
[[nodiscard]] bool creates_routine(const token_reader&, std::size_t first);

}  // namespace varve::generator
