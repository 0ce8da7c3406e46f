#pragma once

#include <inverse/undoing.hpp>

#include <string>

namespace varve::generator {

/// The DELETE of the rows that an INSERT wrote, by their primary key, if the statement says that as constants: `DELETE
/// FROM roles WHERE id IN (1, 2)`. Empty if it does not, or if a row may have been there before.
[[nodiscard]] std::string delete_inserted(const undone_statement&, const data_change&);

}  // namespace varve::generator
