#pragma once

#include <inverse/undoing.hpp>

#include <string>

namespace varve::generator {

/// A constraint as ADD CONSTRAINT takes it, or why it cannot be said.
struct constraint_text {
    std::string sql;
    std::string why_not;
};

/// From what the history says of it: written at a column or at the table, or made of an index.
[[nodiscard]] constraint_text constraint_text_of(const undone_statement&, const known_constraint&);

}  // namespace varve::generator
