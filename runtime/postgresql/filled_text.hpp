#pragma once

#include "core/text.hpp"

#include <string>
#include <string_view>

namespace varve::postgresql {

/// A text with each `{}` replaced by the next piece. What is filled in is not looked at: it is quoted by the caller.
/// Reads like the SQL that is sent, and is a fraction of the code of a chain of `+`.
[[nodiscard]] std::string filled(std::string_view form, core::pieces);

/// Adds a piece to a list, after a separator if it is not the first.
void append_to_list(std::string& list, std::string_view separator, std::string_view piece);

}  // namespace varve::postgresql
