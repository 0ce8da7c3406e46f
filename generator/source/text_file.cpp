#include <source/text_file.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A longer line is no help below a message, and copying it for each of many messages would cost a lot.
constexpr std::size_t longest_shown_line = 4096;

std::string with_unix_line_ends(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t end = bytes.find("\r\n");
        text.append(bytes.substr(0, end));
        if (end == std::string_view::npos) break;
        text.push_back('\n');
        bytes.remove_prefix(end + 2);
    }
    return text;
}

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

text_file::text_file(std::string path, std::string_view bytes) : path_(std::move(path)) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    text_ = with_unix_line_ends(bytes);
    line_starts_.push_back(0);
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) {
        line_starts_.push_back(end + 1);
    }
}

text_file::position text_file::position_of(std::size_t offset) const {
    if (line_starts_.empty()) return {};
    offset = std::min(offset, text_.size());
    const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const std::size_t line_start = *std::prev(next_line);
    const auto code_points_before = std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(line_start),
                                                  text_.begin() + static_cast<std::ptrdiff_t>(offset),
                                                  [](char c) { return !continues_code_point(c); });
    return {.line = static_cast<std::uint32_t>(next_line - line_starts_.begin()),
            .column = static_cast<std::uint32_t>(code_points_before) + 1};
}

location text_file::location_of(std::size_t offset) const {
    const position at = position_of(offset);
    location where{.path = path_, .line = at.line, .column = at.column, .source_line = {}};
    if (line_starts_.empty()) return where;
    const std::size_t start = line_starts_[at.line - 1];
    const std::size_t end = std::min(text_.find('\n', start), text_.size());
    if (end - start <= longest_shown_line) where.source_line = text_.substr(start, end - start);
    return where;
}

std::optional<std::string> read_bytes(const std::filesystem::path& path, std::string& why) {
    std::error_code failed;
    // Opening a directory succeeds with some standard libraries, and only reading it fails, without a reason.
    if (std::filesystem::is_directory(path, failed)) {
        why = "it is a directory";
        return std::nullopt;
    }
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        why = errno != 0 ? reason_of(errno) : "it cannot be opened";
        return std::nullopt;
    }
    std::string bytes;
    const std::uintmax_t expected = std::filesystem::file_size(path, failed);
    if (!failed) bytes.reserve(static_cast<std::size_t>(expected));
    std::array<char, 65536> block;
    while (stream.read(block.data(), block.size()) || stream.gcount() > 0) {
        bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) {
        why = errno != 0 ? reason_of(errno) : "it cannot be read";
        return std::nullopt;
    }
    return bytes;
}

}  // namespace varve::generator
