#pragma once

#include <source/migration_source.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace varve::generator {

/// The translation unit that stands for a migration written in C++: it includes the user's file, makes the functions
/// there its own, and gives them the names that the generated unit knows
/// (docs/decisions/0035-a-migration-in-cpp-is-included.md). `path` is absolute.
[[nodiscard]] std::string code_unit(const migration_source&, std::string_view name_space,
                                    const std::filesystem::path& path);

}  // namespace varve::generator
