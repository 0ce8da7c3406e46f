#pragma once

#include "catalog_reading.hpp"
#include "catalog_tables.hpp"
#include "connection.hpp"

#include <varve/catalog.hpp>

#include <string>
#include <vector>

/// What a transaction that is still open has done to the system catalog: cheap, because only the tables that it wrote
/// to are looked at, and only its own rows of them.
namespace varve::postgresql {

/// Rows of the system catalog, without what means nothing, and what they belong to.
struct catalog_rows {
    std::vector<std::string> rows{};  ///< sorted
    catalog_selection of{};
    catalog unmodelled{};
};

/// The open transaction of a connection.
struct open_transaction {
    std::string id{};
    std::vector<std::string> written{};  ///< names of tables of the system catalog, perhaps more than it wrote to
};
[[nodiscard]] open_transaction open_transaction_of(connection&);

/// The rows that the transaction has made, as it sees them.
[[nodiscard]] catalog_rows rows_made(connection& by, const std::vector<catalog_table>&, const open_transaction&);
/// The rows that it has replaced or removed, which everybody else still sees.
[[nodiscard]] catalog_rows rows_removed(connection& other, const std::vector<catalog_table>&, const open_transaction&);

/// What belongs to either.
[[nodiscard]] catalog_selection merged(catalog_selection, const catalog_selection&);

/// Adds the objects that varve does not model, by kind and name.
void add_unmodelled(catalog&, connection&);

}  // namespace varve::postgresql
