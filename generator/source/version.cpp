#include <source/version.hpp>

#include <algorithm>
#include <charconv>

namespace varve::generator {

namespace {

constexpr std::size_t most_digits = 18;
constexpr std::size_t usual_width = 4;
constexpr std::int64_t first_timestamp = 1'000'000'000;

std::string padded(std::int64_t version, std::size_t width) {
    std::string digits = std::to_string(version);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace

std::optional<std::int64_t> parse_version(std::string_view text) {
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
    return value;
}

bool looks_like_timestamp(std::int64_t version) { return version >= first_timestamp; }

std::string free_version_after(written_version wanted, std::span<const std::int64_t> taken) {
    const std::size_t width = wanted.width == 0 ? usual_width : wanted.width;
    std::int64_t next = wanted.value + 1;
    if (!looks_like_timestamp(wanted.value)) {
        for (const std::int64_t version : taken) {
            if (!looks_like_timestamp(version)) next = std::max(next, version + 1);
        }
    }
    while (std::ranges::find(taken, next) != taken.end()) ++next;
    return padded(next, width);
}

}  // namespace varve::generator
