#pragma once

#include "tint.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace varve::cli {

enum class alignment : std::uint8_t { left, right };

struct column {
    std::string_view title;
    alignment aligned = alignment::left;
};

/// Rows under titles, aligned by code points. A column in which no row has anything is left out.
class text_table {
public:
    text_table(std::initializer_list<column> columns) : columns_(columns) {}
    /// The next cell, row by row: as many calls a row as there are columns. Control characters are not shown.
    void add(std::string_view text, tint colour = tint::none);
    [[nodiscard]] bool empty() const { return cells_.empty(); }
    /// Lines that end in a line break, without spaces at their ends.
    [[nodiscard]] std::string text(console::kind) const;

private:
    struct cell {
        std::string text;
        tint colour = tint::none;
    };
    [[nodiscard]] std::vector<std::size_t> widths() const;

    std::vector<column> columns_;
    std::vector<cell> cells_;
};

}  // namespace varve::cli
