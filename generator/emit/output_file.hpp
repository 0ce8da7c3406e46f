#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace varve::generator {

/// A file that cannot be written; `what()` is the system's reason.
class write_error : public std::runtime_error {
public:
    write_error(std::filesystem::path path, const std::string& why) : std::runtime_error(why), path_(std::move(path)) {}
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

enum class written : std::uint8_t { unchanged, changed };

/// Makes the file's contents `text`, all of it or not at all (a temporary file beside it, renamed). Leaves a file that
/// says so already alone, time stamp included, so that nothing is built again for it. Makes missing directories.
/// Throws write_error.
written write_if_different(const std::filesystem::path&, std::string_view text);

/// The same, but writes in any case: for stamps and depfiles, whose time is their meaning.
void write_always(const std::filesystem::path&, std::string_view text);

}  // namespace varve::generator
