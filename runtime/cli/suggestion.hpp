#pragma once

#include <span>
#include <string_view>

namespace varve::cli {

/// The word most like a mistyped one; empty if none is near.
[[nodiscard]] std::string_view nearest(std::string_view typed, std::span<const std::string_view> words);

}  // namespace varve::cli
