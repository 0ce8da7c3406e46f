#pragma once

#include <sql/character.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace varve::generator {

/// A name or a word as SQLite compares it: only ASCII's letters have a case there.
inline std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), to_lower);
    return result;
}

}  // namespace varve::generator
