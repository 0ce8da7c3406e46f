#pragma once

#include <schema/probe_source.hpp>
#include <source/migration_source.hpp>
#include <varve/history.hpp>

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace varve::generator {

/// A migration as it will be stored. `data.text` is empty: the text is the pieces, one after the other.
struct migration_row {
    migration_data data{};
    std::vector<std::string_view> pieces;  ///< views into the history_source
};

/// A statement_probe that owns its names.
struct probe_row {
    std::uint32_t statement = 0;
    probe_source how;
};

/// A migration written in C++: its functions are named by its version.
struct coded_row {
    std::uint32_t migration = 0;
    std::int64_t version = 0;
    code_source code{};
};

/// What the generated unit contains, as values of the contract's own types: a history flattened into its arrays.
struct unit_tables {
    std::vector<migration_row> migrations;
    std::vector<statement_data> statements;
    std::vector<dependency> dependencies;
    std::vector<placeholder> placeholders;
    std::vector<other_checksum> other_checksums;
    std::vector<probe_row> probes;
    std::vector<limited_script> limited_scripts;
    std::vector<coded_row> coded_migrations;
    std::vector<migration_row> master_file;  ///< one, or none
    std::int64_t mark_count = 0;
    std::int64_t mark_sum = 0;
};

/// What the contract's fields can hold. Smaller in tests only.
struct unit_limits {
    std::uint64_t text = std::numeric_limits<std::uint32_t>::max();  ///< bytes of one migration
    std::uint64_t statements = std::numeric_limits<std::uint32_t>::max();
    std::uint64_t placeholders = std::numeric_limits<std::uint16_t>::max();  ///< in one statement
    /// A mark has 40 bits: the sum of so many of them still fits into 63.
    std::uint64_t migrations = std::uint64_t{1} << 23U;
};

/// Flattens a checked history. The tables hold views into it. What is too large for the contract is reported and left
/// out, so the result is to be used only if nothing was.
[[nodiscard]] unit_tables make_tables(const history_source&, diagnostics&, const unit_limits& = {});

}  // namespace varve::generator
