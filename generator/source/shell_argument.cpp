#include <algorithm>
#include <source/shell_argument.hpp>

namespace varve::generator {
namespace {

bool needs_no_quotes(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || byte >= 0x80 || std::string_view("_-./:,+@=").find(c) != std::string_view::npos;
}

// `%` and `!` are replaced in double quotes by cmd and by an interactive bash.
bool is_special_in_double_quotes(char c) {
    return static_cast<unsigned char>(c) < 0x20 || std::string_view("\"$`\\!%").find(c) != std::string_view::npos;
}

std::string in_single_quotes(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'') {
            result += "'\\''";
        } else {
            result += c;
        }
    }
    return result + '\'';
}

}  // namespace

std::string shell_argument(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), needs_no_quotes)) return std::string(text);
    if (std::any_of(text.begin(), text.end(), is_special_in_double_quotes)) return in_single_quotes(text);
    return '"' + std::string(text) + '"';
}

}  // namespace varve::generator
