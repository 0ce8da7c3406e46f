#pragma once

#include <schema/changes.hpp>
#include <schema/statement_text.hpp>
#include <schema/token_cursor.hpp>

#include <optional>

/// What a statement's tokens tell of what it does: all of it for SQLite, for PostgreSQL what can be told without its
/// grammar.
namespace varve::generator {

/// Always something: a statement that cannot be understood is an other_statement.
[[nodiscard]] change change_from_tokens(const statement_text&);

/// CREATE TABLE; the cursor stands behind TABLE.
[[nodiscard]] create_table table_from_tokens(token_cursor);
/// ALTER TABLE; the cursor stands behind TABLE.
[[nodiscard]] change altered_table_from_tokens(token_cursor);
/// CREATE, ALTER and DROP of anything; the cursor stands behind that word.
[[nodiscard]] std::optional<change> created_from_tokens(token_cursor);
[[nodiscard]] std::optional<change> altered_from_tokens(token_cursor);
[[nodiscard]] std::optional<change> dropped_from_tokens(token_cursor);

}  // namespace varve::generator
