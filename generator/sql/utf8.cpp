#include <sql/utf8.hpp>

#include <cstdint>
#include <cstring>

namespace varve::generator {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }

/// How many bytes follow this first one; none if no code point begins with it.
std::optional<std::size_t> bytes_after(unsigned first) {
    if (first < 0x80) return 0;
    if (first >= 0xC2 && first <= 0xDF) return 1;
    if (first >= 0xE0 && first <= 0xEF) return 2;
    if (first >= 0xF0 && first <= 0xF4) return 3;
    return std::nullopt;
}

/// The second byte is where overlong forms, surrogates and what lies above U+10FFFF show.
bool may_follow(unsigned first, unsigned second) {
    switch (first) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return second >= 0x80 && second <= 0xBF;
    }
}

bool eight_ascii_bytes_at(std::string_view text, std::size_t index) {
    if (text.size() - index < 8) return false;
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + index, 8);
    return (eight & 0x8080808080808080U) == 0;
}

}  // namespace

std::size_t code_point_size(std::string_view text, std::size_t index) {
    const unsigned first = byte_at(text, index);
    const std::optional<std::size_t> more = bytes_after(first);
    if (!more || text.size() - index <= *more) return 0;
    for (std::size_t k = 1; k <= *more; ++k) {
        const unsigned next = byte_at(text, index + k);
        if (k == 1 ? !may_follow(first, next) : (next & 0xC0U) != 0x80) return 0;
    }
    return *more + 1;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (eight_ascii_bytes_at(text, i)) {
            i += 8;
            continue;
        }
        const std::size_t size = code_point_size(text, i);
        if (size == 0) return i;
        i += size;
    }
    return std::nullopt;
}

}  // namespace varve::generator
