#pragma once

#include <commands/review_options.hpp>
#include <emit/unit_tables.hpp>
#include <lock/load_history.hpp>
#include <replay/replay.hpp>

namespace varve::generator {

/// A history that passed every check there is, and the tables made of it, which hold views into it.
struct checked_history {
    loaded_history loaded;
    replay_report replay;
    unit_tables tables;  ///< empty if anything reported is an error
};

/// Everything `embed` checks: what load_history() does, variables that nobody declared (M119), what a replay finds,
/// what lint finds in the drafts, and whether the contract can hold it.
[[nodiscard]] checked_history check_history(const load_request&, const review_options&, diagnostics&);

}  // namespace varve::generator
