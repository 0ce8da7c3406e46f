#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace varve::generator {

/// How messages write what they quote: `word`.
[[nodiscard]] std::string in_ticks(std::string_view);

/// How messages name a migration: 7 (add_email).
[[nodiscard]] std::string title(std::int64_t version, std::string_view name);

/// How messages write a path: UTF-8 with slashes, as it was given.
[[nodiscard]] std::string shown_path(const std::filesystem::path&);
[[nodiscard]] std::string shown_path(const std::filesystem::path& directory, std::string_view file);

}  // namespace varve::generator
