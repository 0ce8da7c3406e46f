#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

#include <string>
#include <vector>

/// The rows of the ledger as SQL, and back.
namespace varve::postgresql {

/// One row for each row of the ledger, or one of NULLs if there is none; every row has the newest id of all.
[[nodiscard]] std::string text_to_read(engine::rows, const ledger_names&);
[[nodiscard]] ledger_snapshot snapshot_from(const pqxx::result&);

[[nodiscard]] std::string text_to_read_statements(std::int64_t ledger_id, direction, const ledger_names&);
[[nodiscard]] std::vector<stored_statement> statements_from(const pqxx::result&);

/// A row for each history that has one: its name, and count and sum of its marks.
[[nodiscard]] std::string text_to_read_marks(std::span<const expected_marks>, const ledger_names&, connection&);
[[nodiscard]] bool agrees(const pqxx::result&, std::span<const expected_marks>);

/// How a change is written: only if `condition` holds, and with `duration` (SQL, milliseconds) in its measured row.
struct row_writing {
    std::string condition{};
    std::string duration{};
    std::size_t measured = action::no_entry;
};

/// Statements that write a change, each ended by a semicolon. An update whose row is not there fails with SQLSTATE
/// 22P02 and `missing_row` in the text.
[[nodiscard]] std::string text_to_write(const ledger_change&, const row_writing&, const ledger_names&, connection&);
inline constexpr std::string_view missing_row = "varve: no such row";

/// True, as SQL, if the change is in the ledger. Empty if the change is empty.
[[nodiscard]] std::string text_of_presence(const ledger_change&, const ledger_names&, connection&);

}  // namespace varve::postgresql
