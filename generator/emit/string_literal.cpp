#include <emit/string_literal.hpp>

#include <array>
#include <cstddef>

namespace varve::generator {
namespace {

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?'; }

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '\n':
            out += "\\n";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\r':
            out += "\\r";
            return;
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '?':
            out += "\\?";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    const std::array<char, 4> octal{'\\', static_cast<char>('0' + (byte >> 6U)),
                                    static_cast<char>('0' + (byte >> 3U & 7U)), static_cast<char>('0' + (byte & 7U))};
    out.append(octal.data(), octal.size());
}

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The size of the first piece of `bytes`: a line, or as much of it as a piece may hold.
std::size_t piece_size(std::string_view bytes) {
    const std::size_t line_feed = bytes.find('\n');
    const std::size_t line = line_feed == std::string_view::npos ? bytes.size() : line_feed + 1;
    if (line <= longest_piece) return line;
    constexpr std::size_t longest_sequence = 4;
    for (std::size_t size = longest_piece; size > longest_piece - longest_sequence; --size) {
        if (!continues_utf8(bytes[size])) return size;
    }
    return longest_piece;  // not UTF-8: no cut is better than another
}

}  // namespace

void append_literal(std::string& out, std::string_view bytes) {
    out += '"';
    while (!bytes.empty()) {
        std::size_t plain = 0;
        while (plain < bytes.size() && is_plain(bytes[plain])) ++plain;
        out += bytes.substr(0, plain);
        bytes.remove_prefix(plain);
        if (bytes.empty()) break;
        append_escaped(out, bytes.front());
        bytes.remove_prefix(1);
    }
    out += '"';
}

std::string literal(std::string_view bytes) {
    std::string out;
    append_literal(out, bytes);
    return out;
}

void append_literal_lines(std::string& out, std::string_view bytes, std::string_view indent) {
    while (!bytes.empty()) {
        const std::size_t size = piece_size(bytes);
        out += indent;
        append_literal(out, bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
}

}  // namespace varve::generator
