#pragma once

#include <filesystem>
#include <string>

namespace varve::generator {

/// A file that a command makes and that must not exist yet.
struct new_file {
    std::filesystem::path path;
    std::string text;
};

/// Writes it, the whole of it or nothing. The reason if that failed; empty if not.
[[nodiscard]] std::string create(const new_file&);

}  // namespace varve::generator
