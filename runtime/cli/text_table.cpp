#include "text_table.hpp"

#include "plain_text.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

constexpr std::string_view gap = "  ";

// Collects one line; the spaces after a cell are written only when another one follows.
class line {
public:
    line(std::string& into, console::kind style) : into_(into), style_(style) {}

    void add(std::string_view text, tint colour, alignment aligned, std::size_t width) {
        const std::size_t free = width - std::min(width, width_of(text));
        if (!first_) spaces_ += gap.size();
        first_ = false;
        if (aligned == alignment::right || text.empty()) spaces_ += free;
        if (text.empty()) return;
        into_.append(spaces_, ' ');
        into_ += painted(text, colour, style_);
        spaces_ = aligned == alignment::left ? free : 0;
    }

private:
    std::string& into_;
    console::kind style_;
    std::size_t spaces_ = 0;
    bool first_ = true;
};

}  // namespace

void text_table::add(std::string_view text, tint colour) { cells_.push_back({printable(text), colour}); }

std::vector<std::size_t> text_table::widths() const {
    std::vector<std::size_t> result(columns_.size(), 0);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        std::size_t& width = result[i % result.size()];
        width = std::max(width, width_of(cells_[i].text));
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (result[i] != 0) result[i] = std::max(result[i], width_of(columns_[i].title));
    }
    return result;
}

std::string text_table::text(console::kind style) const {
    const std::vector<std::size_t> width = widths();
    std::string result;
    line titles(result, style);
    for (std::size_t i = 0; i < width.size(); ++i) {
        if (width[i] != 0) titles.add(columns_[i].title, tint::faint, columns_[i].aligned, width[i]);
    }
    result += '\n';
    for (std::size_t row = 0; row < cells_.size(); row += width.size()) {
        line next(result, style);
        for (std::size_t i = 0; i < width.size(); ++i) {
            const cell& what = cells_[row + i];
            if (width[i] != 0) next.add(what.text, what.colour, columns_[i].aligned, width[i]);
        }
        result += '\n';
    }
    return result;
}

}  // namespace varve::cli
