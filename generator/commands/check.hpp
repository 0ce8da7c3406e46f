#pragma once

#include <commands/console.hpp>
#include <commands/review_options.hpp>
#include <lock/load_history.hpp>

namespace varve::generator {

/// `varve check`: everything `embed` checks; writes nothing. Says what there is if nothing is wrong.
[[nodiscard]] exit_code check(const load_request&, const review_options&, const console&);

}  // namespace varve::generator
