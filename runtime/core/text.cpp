#include "text.hpp"

#include <array>
#include <charconv>

namespace varve::core {

void append(std::string& to, pieces all) {
    for (const std::string_view each : all) to.append(each.data(), each.size());
}

std::string joined(pieces all) {
    std::string result;
    append(result, all);
    return result;
}

std::string digits(std::int64_t number) {
    std::array<char, 24> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), written.ptr};
}

std::string indented(std::string_view text, std::string_view margin) {
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == '\n') append(result, {margin});
    }
    return result;
}

}  // namespace varve::core
