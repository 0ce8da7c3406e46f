#pragma once

#include "pqxx_compatibility.hpp"

#include <varve/catalog.hpp>

namespace varve::postgresql {

/// The rows that `text_to_read_catalog()` gives, as objects.
[[nodiscard]] catalog objects_in(const pqxx::result&);

}  // namespace varve::postgresql
