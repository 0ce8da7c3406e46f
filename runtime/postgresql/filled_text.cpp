#include "filled_text.hpp"

#include <cassert>

namespace varve::postgresql {

std::string filled(std::string_view form, core::pieces pieces) {
    std::string text;
    for (const core::piece& piece : pieces) {
        const std::size_t place = form.find("{}");
        assert(place != std::string_view::npos && "more pieces than places");
        text.append(form.substr(0, place));
        piece.append_to(text);
        form.remove_prefix(place + 2);
    }
    assert(form.find("{}") == std::string_view::npos && "more places than pieces");
    return text.append(form);
}

void append_to_list(std::string& list, std::string_view separator, std::string_view piece) {
    if (!list.empty()) list.append(separator);
    list.append(piece);
}

}  // namespace varve::postgresql
