#include "suggestion.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace varve::cli {
namespace {

// How many letters must be changed, added or removed.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view typed, std::span<const std::string_view> words) {
    // A word of ten letters may have three mistakes, one of four only one.
    std::size_t best = std::max<std::size_t>(1, typed.size() / 3) + 1;
    std::string_view found;
    if (typed.size() > 40) return found;
    for (const std::string_view word : words) {
        const std::size_t mistakes = distance(typed, word);
        if (mistakes >= best) continue;
        best = mistakes;
        found = word;
    }
    return found;
}

}  // namespace varve::cli
