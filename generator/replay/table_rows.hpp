#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace varve::generator {

class memory_database;

/// The rows of a table at some moment: which ones, in no order.
struct table_rows {
    std::vector<std::string> columns;  ///< in lower case, sorted: their order in the table does not count
    std::size_t count = 0;
    std::uint64_t sum = 0;           ///< of the rows' hashes
    std::uint64_t sum_of_other = 0;  ///< of other hashes
};

/// Nothing if the table cannot be read: a virtual table whose module fails.
[[nodiscard]] std::optional<table_rows> rows_of(const memory_database&, const std::string& table);

/// How the rows of a table differ, as a part of a sentence; empty if they do not. Tables with other columns are not
/// compared: that is a difference of the schema.
[[nodiscard]] std::string compare(const std::string& table, const table_rows& before, const table_rows& after);

/// What AUTOINCREMENT gave last, by table in lower case.
using counters = std::map<std::string, std::int64_t>;
[[nodiscard]] counters autoincrement_counters(const memory_database&);
/// Makes them what they were. In production an up runs once, and its down has used no numbers up.
void set_autoincrement_counters(const memory_database&, const counters&);

}  // namespace varve::generator
