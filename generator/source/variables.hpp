#pragma once

#include <sql/lexer.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace varve::generator {

/// What scripts may write as `${name}`, and what stands there in what is embedded.
using variable_values = std::map<std::string, std::string, std::less<>>;

/// A script's text with its variables filled in.
struct filled_text {
    std::string text{};
    std::set<std::string> used{};
};

/// Only in words, not in quotes or comments; a variable without a value stays as it is.
[[nodiscard]] filled_text fill_in(std::string_view text, const lexed&, const variable_values&);

/// Why `schema=auth` cannot be a variable and its value, a sentence; empty if it can.
[[nodiscard]] std::string why_not_a_variable(std::string_view assignment);

}  // namespace varve::generator
