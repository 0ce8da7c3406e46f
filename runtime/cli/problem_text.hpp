#pragma once

#include "tint.hpp"

#include <span>
#include <string>

namespace varve::cli {

/// Each problem with its file and its way out; empty if there are none.
[[nodiscard]] std::string problems_text(std::span<const problem>, console::kind);

/// `note: ...` lines.
[[nodiscard]] std::string notes_text(std::span<const std::string>);

}  // namespace varve::cli
