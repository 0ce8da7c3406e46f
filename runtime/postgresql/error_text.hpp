#pragma once

#include <varve/history.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What libpq's text of an error tells. Server and client may speak any language: no decision depends on a word.
namespace varve::postgresql {

struct error_text {
    std::string message{};  ///< without the severity
    std::string detail{};
    std::string hint{};
};
[[nodiscard]] error_text read_error_text(std::string_view text);

/// The line of the outermost anonymous block that the error passed through; empty if there was none.
[[nodiscard]] std::optional<std::size_t> line_of_outermost_block(std::string_view text);

/// How a statement reached the server: alone, or by EXECUTE in an anonymous block of ours.
enum class sent : std::uint8_t { alone, in_block };

/// A place in a file, 1-based; the column counts code points.
struct place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Where in its file a statement failed, as exactly as the text allows: at the caret, on the line of an anonymous block
/// of the statement, at the only place of the word that a syntax error names, or where the statement begins.
[[nodiscard]] place place_of_error(std::string_view text, std::string_view sqlstate, const statement&, sent);

}  // namespace varve::postgresql
