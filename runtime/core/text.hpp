#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace varve::core {

/// A part of a text: another text, which must live as long, or a number.
class piece {
public:
    piece(const char* text) : piece(std::string_view(text)) {}
    piece(const std::string& text) : piece(std::string_view(text)) {}
    piece(std::string_view text)
        : text_(text.empty() ? "" : text.data()), number_(static_cast<std::int64_t>(text.size())) {}
    template <std::integral Number>
    requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) piece(Number number)
        : number_(static_cast<std::int64_t>(number)) {}

    void append_to(std::string&) const;

private:
    const char* text_ = nullptr;  // null: a number
    std::int64_t number_;         // of a text, its size
};

/// Pieces that make one text. Not inline, and no `operator+`: each of those is code at its place, and the size of what
/// is linked into somebody's program counts.
using pieces = std::initializer_list<piece>;
[[nodiscard]] std::string joined(pieces);
void append(std::string& to, pieces);
[[nodiscard]] std::string digits(std::int64_t);

/// Text of several lines: `margin` stands before each but the first.
[[nodiscard]] std::string indented(std::string_view, std::string_view margin);

}  // namespace varve::core
