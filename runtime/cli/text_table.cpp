#include "text_table.hpp"

#include "plain_text.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

constexpr std::string_view gap = "  ";

// Collects one line; the spaces after a cell are written only when another one follows.
class line {
public:
    explicit line(console::kind style) : style_(style) {}

    void add(const cell& what, alignment aligned, std::size_t width) {
        const std::size_t free = width - std::min(width, width_of(what.text));
        if (!first_) spaces_ += gap.size();
        first_ = false;
        if (aligned == alignment::right || what.text.empty()) spaces_ += free;
        if (what.text.empty()) return;
        text_.append(spaces_, ' ');
        text_ += painted(what.text, what.colour, style_);
        spaces_ = aligned == alignment::left ? free : 0;
    }
    [[nodiscard]] std::string ended() const { return text_ + '\n'; }

private:
    console::kind style_;
    std::string text_;
    std::size_t spaces_ = 0;
    bool first_ = true;
};

}  // namespace

std::vector<std::size_t> text_table::widths() const {
    std::vector<std::size_t> result(columns_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = std::max(result[i], width_of(row[i].text));
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (result[i] != 0) result[i] = std::max(result[i], width_of(columns_[i].title));
    }
    return result;
}

std::string text_table::text(console::kind style) const {
    const std::vector<std::size_t> width = widths();
    std::string result;
    line titles(style);
    for (std::size_t i = 0; i < width.size(); ++i) {
        if (width[i] == 0) continue;
        titles.add({std::string(columns_[i].title), tint::faint}, columns_[i].aligned, width[i]);
    }
    result += titles.ended();
    for (const auto& row : rows_) {
        line next(style);
        for (std::size_t i = 0; i < width.size(); ++i) {
            if (width[i] != 0) next.add(row[i], columns_[i].aligned, width[i]);
        }
        result += next.ended();
    }
    return result;
}

}  // namespace varve::cli
