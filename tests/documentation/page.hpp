#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace varve::testing {

/// A fenced block: ```` ```sql migrations/0001_users.sql ````.
struct fenced_block {
    std::string language;
    std::string label;  ///< the rest of the fence's line
    std::string text;
    std::size_t line = 0;  ///< of the fence, from 1
};

[[nodiscard]] std::vector<fenced_block> fenced_blocks(std::string_view page);

/// The targets of `[text](target)` that are neither an address nor an anchor of the same page; without their anchors.
[[nodiscard]] std::vector<std::string> relative_links(std::string_view page);

/// Whether an output is what a page shows: `...` stands for anything within a line, a line `...` for any lines.
[[nodiscard]] bool is_as_shown(std::string_view shown, std::string_view output);

[[nodiscard]] std::string read_page(const std::filesystem::path&);

}  // namespace varve::testing
