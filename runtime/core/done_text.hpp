#pragma once

#include <varve/plan.hpp>

#include <string>
#include <vector>

namespace varve::core {

/// `applied shop 1 to 6; reverted auth 3`, for errors. Empty if nothing was done.
[[nodiscard]] std::string done_text(const std::vector<step>&);

}  // namespace varve::core
