#pragma once

#include <schema/schema.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// Tables, columns, keys and foreign keys as an entity-relationship diagram of Mermaid; empty without a table.
[[nodiscard]] std::string entity_diagram(const schema&);

/// SQLite's INTEGER PRIMARY KEY never does, whatever it says: it numbers the rows.
[[nodiscard]] bool takes_null(const known_table&, std::string_view column);

/// `shop.orders`
[[nodiscard]] std::string shown_name(const object_name&);

}  // namespace varve::generator
