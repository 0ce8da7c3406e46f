#pragma once

#include "connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace varve::postgresql {

/// One table of the system catalog, as SQL: what a row of it belongs to and what of it may differ without meaning.
struct catalog_table {
    std::string name{};
    std::string relations{};  ///< an expression of type oid[]
    std::string types{};
    std::string functions{};
    std::string relevant{};  ///< a condition: false for rows that mean nothing by themselves
    std::string volatile_columns{};
    bool modelled = true;  ///< false: its rows are objects that varve can only name
    bool has_oid = true;

    /// A SELECT of name, relations, types, functions, kind, name of the object, row; for rows that meet a condition.
    [[nodiscard]] std::string rows(std::string_view condition) const;
};

/// All of this server's but those that say nothing about a schema (statistics, contents of large objects).
[[nodiscard]] std::vector<catalog_table> catalog_tables(connection&);

}  // namespace varve::postgresql
