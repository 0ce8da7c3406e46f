#pragma once

#include <varve/history.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace varve::generator {

/// What an edit did to a script, statement by statement.
struct script_edit {
    /// Of the first statement that changed or is new, into the text as it is; or where one is missing. Nothing if no
    /// statement changed, or there is no place in the text.
    std::optional<std::size_t> offset;
    /// `- what was` and `+ what is`, a line each, around the first difference; only the first few. Empty if the
    /// statements are the same ones.
    std::string lines;
};

/// Compares two sources line by line: shows the first line that is another one.
[[nodiscard]] script_edit compare_lines(std::string_view before, std::string_view now);

/// Compares two texts by the checksums of their statements: what does not count in a checksum is no edit.
[[nodiscard]] script_edit compare_scripts(std::string_view before, std::string_view now, engine_kind dialect);

}  // namespace varve::generator
