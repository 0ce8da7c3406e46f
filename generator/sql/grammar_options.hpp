#pragma once

#include <cstdint>
#include <optional>

namespace varve::generator {

enum class grammar_use : std::uint8_t {
    if_built_in,
    tokens_only,  ///< as a generator without PostgreSQL's grammar would
};

/// How scripts are checked against PostgreSQL's own grammar.
struct grammar_options {
    /// PG_TARGET_VERSION: the major version of the server. Newer than the grammar: what that refuses is a warning.
    std::optional<int> target_version{};
    grammar_use use = grammar_use::if_built_in;
};

/// A released script cannot change any more: what the grammar finds in it is a warning.
enum class script_standing : std::uint8_t { draft, released };

}  // namespace varve::generator
