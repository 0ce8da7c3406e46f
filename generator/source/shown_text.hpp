#pragma once

#include <string>
#include <string_view>

namespace varve::generator {

/// What a terminal may be shown: a file can hold anything, escape sequences too. Control characters but tabs, and bytes
/// that are not UTF-8, become U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// A JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string in_json(std::string_view text);

}  // namespace varve::generator
