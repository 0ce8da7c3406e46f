#include <sql/token_reader.hpp>

#include <sql/character.hpp>

#include <algorithm>

namespace varve::generator {

bool token_reader::any_word(std::size_t index, std::initializer_list<std::string_view> expected) const {
    return std::any_of(expected.begin(), expected.end(), [&](std::string_view each) { return word(index, each); });
}

bool token_reader::words(std::size_t index, std::initializer_list<std::string_view> expected) const {
    return std::all_of(expected.begin(), expected.end(), [&](std::string_view each) { return word(index++, each); });
}

bool token_reader::symbol(std::size_t index, std::string_view expected) const {
    if (index >= tokens_.size() || text(index) != expected) return false;
    return tokens_[index].kind == token_kind::punctuation || tokens_[index].kind == token_kind::operator_sign;
}

std::optional<std::size_t> token_reader::find_word(std::string_view expected, std::size_t from) const {
    for (std::size_t i = from; i < tokens_.size(); ++i) {
        if (word(i, expected)) return i;
    }
    return std::nullopt;
}

std::string token_reader::plain(std::size_t index) const {
    if (index >= tokens_.size()) return {};
    std::string_view shown = text(index);
    if (tokens_[index].kind == token_kind::quoted && shown.size() >= 2) shown = shown.substr(1, shown.size() - 2);
    std::string result(shown);
    std::transform(result.begin(), result.end(), result.begin(), to_lower);
    return result;
}

}  // namespace varve::generator
