#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace varve::generator {

/// Offset of the first byte that is not UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF), if any.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view);

/// Bytes of the code point that begins at `index`; 0 if what is there is not UTF-8.
[[nodiscard]] std::size_t code_point_size(std::string_view, std::size_t index);

}  // namespace varve::generator
