#pragma once

#include "command.hpp"

namespace varve::cli {

/// What `repair` was told, or a `usage_problem` that says what is missing.
[[nodiscard]] repair_request asked_repair(const invocation&);

}  // namespace varve::cli
