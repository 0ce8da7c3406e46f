#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Text as Markdown, whatever is in it.
namespace varve::generator::markdown {

/// As it stands: nothing in it is markup. On one line.
[[nodiscard]] std::string plain(std::string_view text);

/// `text`, on one line; nothing for nothing.
[[nodiscard]] std::string code(std::string_view text);

/// `a`, `b`
[[nodiscard]] std::string codes(const std::vector<std::string>& texts);

/// A block between fences that are longer than any in the text.
[[nodiscard]] std::string block(std::string_view language, std::string_view text);

/// `| a | b |` and a line end. Cells are markup already; a `|` in them is escaped.
[[nodiscard]] std::string row(std::initializer_list<std::string_view> cells);
/// The first two lines of a table.
[[nodiscard]] std::string header(std::initializer_list<std::string_view> titles);

/// `[text](#heading)`: a link to a heading of the same page.
[[nodiscard]] std::string link(std::string_view text, std::string_view heading);

}  // namespace varve::generator::markdown
