#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace varve::generator {

/// A file or directory that the result depends on, and what it looked like *before* it was read.
struct input_file {
    std::filesystem::path path;
    std::filesystem::file_time_type modified;
    std::uintmax_t size = 0;  ///< 0 for a directory
};

/// Looks at a path now. A path that cannot be looked at gets the earliest time.
[[nodiscard]] input_file look_at(const std::filesystem::path&);

/// True if one of them no longer looks as it did: a build that saw the old state has to start over, because a build
/// tool that takes the time of the outputs would never notice.
[[nodiscard]] bool any_changed(std::span<const input_file>);

}  // namespace varve::generator
