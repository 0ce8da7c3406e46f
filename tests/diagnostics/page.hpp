#pragma once

#include <varve/history.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace varve::testing {

/// One fenced block of a page: a file of an example, or the command that is run on it.
struct example_file {
    std::string name;
    std::string text;
};

enum class verdict { bad, good };

/// The blocks of one kind in one section: a directory.
struct example {
    verdict expected = verdict::bad;
    engine_kind engine = engine_kind::sqlite;
    std::vector<example_file> files;
    std::size_t line = 0;  ///< of its first block, for messages
};

/// A page of docs/diagnostics (its README says how the blocks are written).
struct diagnostic_page {
    std::string code;
    std::string title;
    std::vector<example> examples;
};

/// Reads a page. Throws std::runtime_error with file and line if a block is not written as it must be.
[[nodiscard]] diagnostic_page read_page(const std::filesystem::path&);

}  // namespace varve::testing
