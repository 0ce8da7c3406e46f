#pragma once

#include <inverse/undoing.hpp>

#include <string>

namespace varve::generator {

/// `FOR VALUES ..` or `DEFAULT`, as the history last said it of a partition; empty if it does not.
[[nodiscard]] std::string partition_bound(const undone_statement&, const object_name& partition);

}  // namespace varve::generator
