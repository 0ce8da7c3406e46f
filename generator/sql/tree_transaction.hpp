#pragma once

#include <sql/known_objects.hpp>
#include <sql/outside_transaction.hpp>
#include <sql/postgresql_parser.hpp>

#include <optional>

namespace varve::generator {

/// Nothing if the statement may run inside a transaction: what its parse tree, which is not empty, and what was made
/// before it say. As sure as PostgreSQL itself, but for what only the database knows.
[[nodiscard]] std::optional<outside_transaction> why_outside_by_tree(const parsed_statement&, const known_objects&);

/// Remembers what the statement makes, renames or drops.
void note_objects(const parsed_statement&, known_objects&);

}  // namespace varve::generator
