#pragma once

#include "tint.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::cli {

enum class alignment : std::uint8_t { left, right };

struct column {
    std::string_view title;
    alignment aligned = alignment::left;
};

struct cell {
    std::string text;
    tint colour = tint::none;
};

/// Rows under titles, aligned by code points. A column in which no row has anything is left out.
class text_table {
public:
    explicit text_table(std::vector<column> columns) : columns_(std::move(columns)) {}
    /// As many cells as there are columns.
    void add(std::vector<cell> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// Lines that end in a line break, without spaces at their ends.
    [[nodiscard]] std::string text(console::kind) const;

private:
    [[nodiscard]] std::vector<std::size_t> widths() const;

    std::vector<column> columns_;
    std::vector<std::vector<cell>> rows_;
};

}  // namespace varve::cli
