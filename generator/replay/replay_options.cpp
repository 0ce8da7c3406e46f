#include <replay/replay_options.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <charconv>

namespace varve::generator {
namespace {

// SQLite's own limit (SQLITE_MAX_FUNCTION_ARG).
constexpr int most_arguments = 127;

}  // namespace

std::optional<stand_in_function> parse_stand_in_function(const std::string& text) {
    const std::size_t slash = text.find('/');
    stand_in_function result{.name = text.substr(0, slash)};
    if (result.name.empty() || !std::ranges::all_of(result.name, is_word_byte)) return std::nullopt;
    if (slash == std::string::npos) return result;
    const char* const begin = text.data() + slash + 1;
    const char* const end = text.data() + text.size();
    const auto [last, failure] = std::from_chars(begin, end, result.arguments);
    if (failure != std::errc() || last != end || result.arguments < 0 || result.arguments > most_arguments) {
        return std::nullopt;
    }
    return result;
}

}  // namespace varve::generator
