#include "text.hpp"

#include <array>
#include <charconv>

namespace varve::core {

void piece::append_to(std::string& to) const {
    if (text_ != nullptr) {
        to.append(text_, static_cast<std::size_t>(number_));
    } else {
        to.append(digits(number_));
    }
}

void append(std::string& to, pieces all) {
    for (const piece& each : all) each.append_to(to);
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
