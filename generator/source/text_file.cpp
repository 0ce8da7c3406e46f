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

/// Counting from the beginning of the line for each statement would be quadratic where all are on one line.
constexpr std::size_t block_size = 1024;

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

std::size_t count_code_points_in(std::string_view text) {
    const auto begins_code_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

text_file::text_file(std::string path, std::string_view bytes) : path_(std::move(path)) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    text_ = with_unix_line_ends(bytes);
    line_starts_.push_back(0);
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) {
        line_starts_.push_back(end + 1);
    }
    code_points_.push_back(0);
    const std::string_view whole = text_;
    for (std::size_t begin = 0; begin < whole.size(); begin += block_size) {
        code_points_.push_back(code_points_.back() + count_code_points_in(whole.substr(begin, block_size)));
    }
}

std::size_t text_file::code_points_before(std::size_t offset) const {
    const std::size_t block = offset / block_size;
    const std::string_view rest = std::string_view(text_).substr(block * block_size, offset % block_size);
    return code_points_[block] + count_code_points_in(rest);
}

text_file::position text_file::position_of(std::size_t offset) const {
    if (line_starts_.empty()) return {};
    offset = std::min(offset, text_.size());
    const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const std::size_t line_start = *std::prev(next_line);
    const std::size_t column = code_points_before(offset) - code_points_before(line_start) + 1;
    return {.line = static_cast<std::uint32_t>(next_line - line_starts_.begin()),
            .column = static_cast<std::uint32_t>(column)};
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
    const std::filesystem::file_type type = std::filesystem::status(path, failed).type();
    if (type == std::filesystem::file_type::directory) {
        why = "it is a directory";
        return std::nullopt;
    }
    // A pipe would be waited for, a device may never end.
    if (!failed && type != std::filesystem::file_type::regular) {
        why = "it is not a regular file";
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
