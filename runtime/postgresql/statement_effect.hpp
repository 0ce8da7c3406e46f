#pragma once

#include "connection.hpp"

#include <varve/engine.hpp>

namespace varve::postgresql {

/// What the catalogs say about a statement of which nobody noted the end.
[[nodiscard]] found_effect effect_of(const statement_probe&, connection&);

}  // namespace varve::postgresql
