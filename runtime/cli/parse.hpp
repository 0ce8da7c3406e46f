#pragma once

#include "command.hpp"

#include <string>
#include <vector>

namespace varve::cli {

/// Makes sense of the words, or throws a `usage_problem` that says which word is wrong and what would be right.
/// No words at all: an invocation without a command.
[[nodiscard]] invocation parse(const std::vector<std::string>& words);

}  // namespace varve::cli
