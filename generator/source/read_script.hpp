#pragma once

#include <source/directory.hpp>
#include <source/migration_source.hpp>
#include <source/variables.hpp>
#include <sql/checksum.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace varve::generator {

/// How to read a script.
struct script_rules {
    engine_kind engine = engine_kind::sqlite;
    std::span<const checksum_rule> checksums;       ///< all known rules, the oldest first; not empty
    std::optional<std::uint8_t> released_rule;      ///< of its lock line; without one the newest rule counts
    std::optional<transaction_mode> released_mode;  ///< of its lock line
    script_standing standing = script_standing::draft;
    grammar_options grammar{};
    const variable_values* variables = nullptr;  ///< null: none
};

/// Cuts, classifies and hashes one script and reads its directives; reports what is wrong with it. It runs as its lock
/// line says, else as its directive says, else in a transaction unless none of its statements can. `known` is what the
/// scripts before it made; what it makes is added.
[[nodiscard]] script_source read_script(script_file, const script_rules&, known_objects& known, diagnostics&);

/// The script's checksum under a rule; nothing if the rule was not among those it was read with.
[[nodiscard]] std::optional<checksum> checksum_under(const script_source&, std::uint8_t rule);

}  // namespace varve::generator
