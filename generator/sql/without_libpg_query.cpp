#include <sql/libpg_query.hpp>
#include <sql/tree_transaction.hpp>

namespace varve::generator {

std::optional<int> postgresql_parser_version() { return std::nullopt; }

parsed_statement parse_with_libpg_query(const std::string&) { return {}; }

// There are no trees.
std::optional<outside_transaction> why_outside_by_tree(const parsed_statement&, const known_objects&) {
    return std::nullopt;
}

void note_objects(const parsed_statement&, known_objects&) {}

}  // namespace varve::generator
