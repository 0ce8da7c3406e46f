#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

namespace varve::generator {

/// The known word that `word` was probably meant to be (capitals, `_` for `-` and up to two typing errors apart), or
/// nothing.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> known);
[[nodiscard]] std::string_view nearest(std::string_view word, std::initializer_list<std::string_view> known);

}  // namespace varve::generator
