#include <source/nearest.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace varve::generator {

namespace {

std::string folded(std::string_view word) {
    std::string result(word);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '_') c = '-';
    }
    return result;
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t column = 0; column < row.size(); ++column) row[column] = column;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t column = 1; column < row.size(); ++column) {
            const std::size_t replaced = diagonal + (from[i - 1] == to[column - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({replaced, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t longest_worth_a_guess = 64;
    if (word.size() > longest_worth_a_guess) return {};
    const std::string wanted = folded(word);
    std::string_view best;
    std::size_t best_distance = 3;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(wanted, folded(candidate));
        if (distance >= best_distance || distance * 2 >= candidate.size()) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

std::string_view nearest(std::string_view word, std::initializer_list<std::string_view> known) {
    return nearest(word, std::span(known.begin(), known.size()));
}

}  // namespace varve::generator
