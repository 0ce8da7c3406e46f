#pragma once

#include "tint.hpp"

#include <string>

namespace varve::cli {

/// What a reader of a table wants to know first about a migration: derived from (embedded, applied, entry, trouble),
/// never stored.
struct displayed_state {
    std::string text;  ///< `applied`, `pending, draft`, `half done`, `not in this program`
    tint colour = tint::none;
};
[[nodiscard]] displayed_state state_of(const migration_status&);

}  // namespace varve::cli
