#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace varve::generator {

/// A Make rule that Ninja and CMake read: `target` depends on `inputs`. Absolute paths, as given; a path with a line
/// break cannot be written in this format and is left out.
[[nodiscard]] std::string depfile_text(const std::filesystem::path& target,
                                       std::span<const std::filesystem::path> inputs);

}  // namespace varve::generator
