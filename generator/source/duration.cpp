#include <source/duration.hpp>

#include <charconv>

namespace varve::generator {

namespace {

constexpr std::int64_t longest = 2'147'483'647;

/// 0: not a unit.
std::int64_t milliseconds_in(std::string_view unit) {
    if (unit == "ms") return 1;
    if (unit == "s") return 1000;
    if (unit == "min") return 60'000;
    if (unit == "h") return 3'600'000;
    return 0;
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || number < 0) return std::nullopt;
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit.empty()) return number == 0 ? std::optional(number) : std::nullopt;
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const std::int64_t factor = milliseconds_in(unit);
    if (factor == 0 || number > longest / factor) return std::nullopt;
    return number * factor;
}

}  // namespace varve::generator
