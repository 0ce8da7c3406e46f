#pragma once

#include <varve/plan.hpp>

#include <span>
#include <string>

namespace varve::core {

/// `applied shop 1 to 6; reverted auth 3`, for errors. Empty if nothing was done.
[[nodiscard]] std::string done_text(std::span<const step>);

/// `shop 4 to 7`, if there was more than one step in a transaction that failed.
[[nodiscard]] std::string undone_text(std::span<const step>);

}  // namespace varve::core
