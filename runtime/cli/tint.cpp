#include "tint.hpp"

namespace varve::cli {
namespace {

std::string_view code_of(tint which) {
    switch (which) {
        case tint::good:
            return "\x1b[32m";
        case tint::waiting:
            return "\x1b[33m";
        case tint::bad:
            return "\x1b[31m";
        case tint::faint:
            return "\x1b[2m";
        case tint::strong:
            return "\x1b[1m";
        case tint::none:
            break;
    }
    return {};
}

}  // namespace

std::string painted(std::string_view text, tint which, console::kind style) {
    std::string result;
    const bool coloured = style == console::kind::terminal && which != tint::none && !text.empty();
    if (coloured) result += code_of(which);
    result += text;
    if (coloured) result += "\x1b[0m";
    return result;
}

}  // namespace varve::cli
