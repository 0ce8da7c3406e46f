#pragma once

#include <schema/changes.hpp>
#include <schema/statement_text.hpp>

namespace varve::generator {

/// What a statement's tokens tell of what it does: all of it for SQLite, for PostgreSQL what can be told without its
/// grammar. A statement that cannot be understood is an other_statement.
[[nodiscard]] change change_from_tokens(const statement_text&);

}  // namespace varve::generator
