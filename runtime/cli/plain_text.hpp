#pragma once

#include "core/text.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace varve::cli {

using core::append;
using core::digits;
using core::joined;

/// Without control characters: what a database holds must not move somebody's cursor. A line break becomes a space.
[[nodiscard]] std::string printable(std::string_view);

/// The same, but line breaks stay.
[[nodiscard]] std::string printable_lines(std::string_view);

/// How many columns a text takes: its code points.
[[nodiscard]] std::size_t width_of(std::string_view);

/// At most `width` code points; a longer text ends in three dots. Spaces and line breaks are folded into one space.
[[nodiscard]] std::string shortened(std::string_view, std::size_t width);

/// `12 ms`, `3.4 s`, `2 min 5 s`.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds);

/// `2026-01-07 09:30:00` from the ledger's `2026-01-07T09:30:00.123Z`; anything else as it is.
[[nodiscard]] std::string time_text(std::string_view);

/// `1 migration`, `2 migrations`.
[[nodiscard]] std::string counted(std::size_t, std::string_view noun);

/// `half_done` as `half done`.
[[nodiscard]] std::string words_of(std::string_view identifier);

}  // namespace varve::cli
