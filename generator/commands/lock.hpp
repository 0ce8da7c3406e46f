#pragma once

#include <commands/console.hpp>
#include <commands/review_options.hpp>
#include <lock/load_history.hpp>

namespace varve::generator {

/// `varve lock`: releases the drafts, or, if `corrected_downs` or `accepted` are named, these alone. Says what it did,
/// and if there was nothing to do. Locks only what `embed` would accept.
[[nodiscard]] exit_code lock(const load_request&, const review_options&, const console&);

}  // namespace varve::generator
