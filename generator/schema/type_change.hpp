#pragma once

#include <schema/changes.hpp>

namespace varve::generator {

/// PostgreSQL changes a column of the first type to the second without touching a row: it only becomes wider, or is
/// stored in the same way. Types that are not known here are taken to be rewritten.
[[nodiscard]] bool keeps_rows(const type_name& from, const type_name& to);

}  // namespace varve::generator
