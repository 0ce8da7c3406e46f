#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace varve::generator {

/// One character of a UTF-8 text.
struct code_point {
    char32_t value = 0;
    std::size_t size = 0;  ///< bytes; 0: what begins here is not UTF-8
};

/// The character that begins at `offset`, which must lie inside the text.
[[nodiscard]] code_point code_point_at(std::string_view text, std::size_t offset);

/// How many characters a text has; bytes that are not UTF-8 count as one each.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace varve::generator
