#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace varve::core {

/// Pieces of text that make one. Not inline, and no `operator+`: each of those is code at its place, and the size of
/// what is linked into somebody's program counts.
using pieces = std::initializer_list<std::string_view>;
[[nodiscard]] std::string joined(pieces);
void append(std::string& to, pieces);
[[nodiscard]] std::string digits(std::int64_t);

/// Text of several lines: `margin` stands before each but the first.
[[nodiscard]] std::string indented(std::string_view, std::string_view margin);

}  // namespace varve::core
