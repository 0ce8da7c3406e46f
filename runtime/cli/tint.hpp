#pragma once

#include <varve/command_line.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace varve::cli {

/// What a piece of text means to its reader; a terminal shows it as a colour.
enum class tint : std::uint8_t { none, good, waiting, bad, faint, strong };

/// The text with the terminal's codes around it; unchanged on anything else.
[[nodiscard]] std::string painted(std::string_view text, tint, console::kind);

}  // namespace varve::cli
