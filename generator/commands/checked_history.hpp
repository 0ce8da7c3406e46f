#pragma once

#include <emit/unit_tables.hpp>
#include <lock/load_history.hpp>

namespace varve::generator {

/// A history that passed every check there is, and the tables made of it, which hold views into it.
struct checked_history {
    loaded_history loaded;
    unit_tables tables;  ///< empty if anything reported is an error
};

/// Everything `embed` checks: what load_history() does, variables that nobody declared (M119), and whether the contract
/// can hold it.
[[nodiscard]] checked_history check_history(const load_request&, diagnostics&);

}  // namespace varve::generator
