#pragma once

#include <schema/changes.hpp>
#include <schema/token_cursor.hpp>

#include <optional>
#include <string>
#include <vector>

/// Columns and constraints as their tokens tell them.
namespace varve::generator {

/// `email varchar(20) NOT NULL`: all of the cursor.
[[nodiscard]] column_definition column_from_tokens(token_cursor);

/// `CONSTRAINT name UNIQUE (..)`: all of the cursor; nothing if it is no table's constraint.
[[nodiscard]] std::optional<constraint_definition> constraint_from_tokens(token_cursor);

/// The type that begins here.
[[nodiscard]] type_name take_type(token_cursor&);

[[nodiscard]] default_kind default_from_tokens(token_cursor);

/// Names in an expression that may be columns, each once.
[[nodiscard]] std::vector<std::string> columns_in(token_cursor);

}  // namespace varve::generator
