#pragma once

#include "connection.hpp"

#include <varve/catalog.hpp>

namespace varve::sqlite {

/// What the main database contains: tables by column and constraint, indexes, views, triggers, and the two numbers that
/// belong to the application. Without the ledger and what SQLite keeps for itself. Throws `refusal`.
[[nodiscard]] catalog read_schema(const connection&);
/// The same, and the rows.
[[nodiscard]] catalog read_catalog(const connection&);

}  // namespace varve::sqlite
