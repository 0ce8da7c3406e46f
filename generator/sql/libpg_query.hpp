#pragma once

#include <sql/postgresql_parser.hpp>

namespace varve::generator {

/// Parses one statement in this process, which a crash of the parser ends. Without a grammar: an empty result.
[[nodiscard]] parsed_statement parse_with_libpg_query(const std::string& statement);

}  // namespace varve::generator
