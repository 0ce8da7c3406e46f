#include <source/code_point.hpp>

namespace varve::generator {

namespace {

char32_t byte_at(std::string_view text, std::size_t offset) { return static_cast<unsigned char>(text[offset]); }

}  // namespace

code_point code_point_at(std::string_view text, std::size_t offset) {
    const char32_t lead = byte_at(text, offset);
    if (lead < 0x80) return {.value = lead, .size = 1};
    if (lead < 0xC2 || lead > 0xF4) return {};
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - offset < size) return {};
    char32_t value = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const char32_t next = byte_at(text, offset + i);
        if ((next & 0xC0U) != 0x80) return {};
        value = value << 6U | (next & 0x3FU);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return {};
    return {.value = value, .size = size};
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const std::size_t size = code_point_at(text, i).size;
        i += size == 0 ? 1 : size;
    }
    return count;
}

}  // namespace varve::generator
