#pragma once

#include <span>
#include <string_view>

namespace varve::cli {

/// The word most like a mistyped one; empty if none is near.
[[nodiscard]] std::string_view nearest(std::string_view typed, std::span<const std::string_view> words);

/// What other migration tools call one of our commands (`up`, `undo`, `stamp`); empty if it is none of them.
[[nodiscard]] std::string_view command_known_as(std::string_view foreign);

}  // namespace varve::cli
