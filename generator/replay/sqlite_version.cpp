#include <replay/sqlite_version.hpp>

#include <charconv>

namespace varve::generator {
namespace {

/// Takes a number below a thousand off the front.
std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || number < 0 || number > 999) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

std::optional<sqlite_version> parse_sqlite_version(std::string_view text) {
    if (!text.starts_with("3.")) return std::nullopt;
    text.remove_prefix(2);
    const auto minor = take_number(text);
    if (!minor) return std::nullopt;
    int patch = 0;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const auto read = take_number(text);
        if (!read) return std::nullopt;
        patch = *read;
    }
    if (!text.empty()) return std::nullopt;
    return sqlite_version{3'000'000 + *minor * 1000 + patch};
}

std::string to_string(sqlite_version version) {
    std::string text = "3." + std::to_string(version.number / 1000 % 1000);
    const int patch = version.number % 1000;
    return patch == 0 ? text : text + "." + std::to_string(patch);
}

}  // namespace varve::generator
