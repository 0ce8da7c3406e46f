#include "concurrent.hpp"

#include <algorithm>
#include <string_view>

namespace varve::core {

bool is_concurrent(const statement& what) {
    constexpr std::string_view word = "concurrently";
    const auto equal_letters = [](char text, char letter) { return (text | 0x20) == letter; };
    return !what.transactional &&
           std::search(what.sql.begin(), what.sql.end(), word.begin(), word.end(), equal_letters) != what.sql.end();
}

}  // namespace varve::core
