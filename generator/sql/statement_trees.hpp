#pragma once

#include <sql/lexer.hpp>
#include <sql/postgresql_parser.hpp>
#include <sql/statement.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace varve::generator {

/// Parses the statements of a PostgreSQL script, one result each. Each `${name}` stands for an identifier of the same
/// length, so that places stay what they are. What the parser refuses only because of a comment inside it is accepted.
[[nodiscard]] std::vector<parsed_statement> parse_statements(std::string_view text, const lexed&,
                                                             std::span<const sql_statement>);

}  // namespace varve::generator
