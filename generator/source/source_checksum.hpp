#pragma once

#include <varve/history.hpp>

#include <cstdint>
#include <string_view>

namespace varve::generator {

/// Rule 101 (docs/checksum.md): the bytes of a C++ source, with LF as the end of a line. Rules over sources have the
/// numbers from 101 on: no SQL script has a checksum under one of them.
inline constexpr std::uint8_t source_rule = 101;
[[nodiscard]] checksum source_checksum(std::string_view text);

}  // namespace varve::generator
