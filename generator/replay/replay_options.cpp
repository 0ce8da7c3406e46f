#include <replay/replay_options.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace varve::generator {
namespace {

// SQLite's own limit (SQLITE_MAX_FUNCTION_ARG).
constexpr int most_arguments = 127;
constexpr std::string_view aggregate = ":aggregate";

}  // namespace

std::optional<stand_in_function> parse_stand_in_function(const std::string& written) {
    std::string_view text = written;
    stand_in_function result;
    if (text.ends_with(aggregate)) {
        result.kind = function_kind::aggregate;
        text.remove_suffix(aggregate.size());
    }
    const std::size_t slash = text.find('/');
    result.name = text.substr(0, slash);
    if (result.name.empty() || !std::ranges::all_of(result.name, is_word_byte)) return std::nullopt;
    if (slash == text.npos) return result;
    const char* const begin = text.data() + slash + 1;
    const char* const end = text.data() + text.size();
    const auto [last, failure] = std::from_chars(begin, end, result.arguments);
    if (failure != std::errc() || last != end || result.arguments < 0 || result.arguments > most_arguments) {
        return std::nullopt;
    }
    return result;
}

}  // namespace varve::generator
