#pragma once

#include <source/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// A file's text as everything else sees it: one leading BOM dropped, CRLF turned into LF, so that what is checked,
/// hashed and run is the same from every checkout. Byte offsets inside, line and column only at the edge.
class text_file {
public:
    text_file() = default;
    /// `path` is how messages name the file; `bytes` are the raw contents.
    text_file(std::string path, std::string_view bytes);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string_view text() const { return text_; }

    struct position {
        std::uint32_t line = 1;
        std::uint32_t column = 1;
    };
    /// 1-based line and column (code points) of a byte offset; the end of the text is a valid offset.
    [[nodiscard]] position position_of(std::size_t offset) const;
    /// The same with path and source line, for a diagnostic.
    [[nodiscard]] location location_of(std::size_t offset) const;

private:
    [[nodiscard]] std::size_t code_points_before(std::size_t offset) const;

    std::string path_;
    std::string text_;
    std::vector<std::size_t> line_starts_;
    std::vector<std::size_t> code_points_;  ///< before each of the blocks that the text is counted in
};

/// Reads a whole file; empty with the reason in `why` if it cannot.
[[nodiscard]] std::optional<std::string> read_bytes(const std::filesystem::path&, std::string& why);

}  // namespace varve::generator
