#pragma once

#include "command.hpp"

#include <string>

namespace varve::cli {

/// All commands, a line each.
[[nodiscard]] std::string help_text();

/// One command with its options.
[[nodiscard]] std::string help_text(const command&);

}  // namespace varve::cli
