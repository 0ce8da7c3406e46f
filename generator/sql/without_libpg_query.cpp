#include <sql/libpg_query.hpp>

namespace varve::generator {

std::optional<int> postgresql_parser_version() { return std::nullopt; }

parsed_statement parse_with_libpg_query(const std::string&) { return {}; }

}  // namespace varve::generator
