#pragma once

#include <source/diagnostic.hpp>
#include <source/input_file.hpp>
#include <source/migration_source.hpp>
#include <source/read_script.hpp>

#include <filesystem>
#include <optional>
#include <vector>

namespace varve::generator {

/// Reads the master file, the complete schema in one script, by the rules of a script that runs in a transaction.
/// Reports what only a migration can say (M054). `inputs` gets the file. Nothing if it cannot be read (M005).
[[nodiscard]] std::optional<migration_source> read_master_file(const std::filesystem::path&, script_rules,
                                                               std::vector<input_file>& inputs, diagnostics&);

}  // namespace varve::generator
