#pragma once

#include <source/diagnostic.hpp>
#include <source/file_name.hpp>
#include <source/input_file.hpp>
#include <source/text_file.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace varve::generator {

/// One script as found in the directory.
struct script_file {
    file_name parts;
    std::string file;  ///< the file's name inside the directory
    text_file text;
};

/// Whether everything that should have been read was: if not, what is missing may be there all the same.
enum class listing_state : std::uint8_t { complete, incomplete };

/// What lies in a directory of migrations.
struct directory_listing {
    std::vector<script_file> scripts;  ///< of the engine asked for, by version, then up before down, then by file name
    std::vector<std::int64_t> versions;  ///< of every well-named script, those of the other engine too; sorted
    std::vector<input_file> inputs;      ///< the directory and every file read
    listing_state state = listing_state::complete;
};

/// Lists and reads a directory. Reports strays and subdirectories (M001), malformed names (M002), a missing directory
/// or an unreadable file (M005), kinds of files that are reserved (M006). Scripts of the other engine are not read.
[[nodiscard]] directory_listing read_directory(const std::filesystem::path& directory, engine_kind, diagnostics&);

/// The versions in use, without reading a file or judging anything: what `varve new` counts on from. The reason in
/// `failure` if the directory cannot be listed.
struct versions_in_use {
    std::vector<std::int64_t> versions;  ///< sorted
    std::size_t width = 0;               ///< digits of the highest as written; 0 if there is none
};
[[nodiscard]] versions_in_use list_versions(const std::filesystem::path& directory, std::error_code& failure);

}  // namespace varve::generator
