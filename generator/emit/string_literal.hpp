#pragma once

#include <string>
#include <string_view>

namespace varve::generator {

/// Appends one C++ string literal, quotes included, whose value is exactly `bytes`. Plain ASCII in the source whatever
/// the bytes are: octal escapes of three digits (a hexadecimal one would swallow digits after it), `?` escaped so that
/// no trigraph can arise.
void append_literal(std::string& out, std::string_view bytes);
[[nodiscard]] std::string literal(std::string_view bytes);

/// Appends adjacent literals, one for each line of `bytes` (the LF ends its piece), each on a line of its own after
/// `indent`. MSVC refuses a piece of more than 16,380 bytes, so a longer line is cut into pieces of at most
/// `longest_piece` bytes, which stay below that even if every byte is escaped; never inside a UTF-8 sequence.
/// Appends nothing for no bytes.
void append_literal_lines(std::string& out, std::string_view bytes, std::string_view indent);
inline constexpr std::size_t longest_piece = 4000;

}  // namespace varve::generator
