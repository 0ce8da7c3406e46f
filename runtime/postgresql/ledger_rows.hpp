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

/// One row: how many rows are active, then count and sum of the marks of each history.
[[nodiscard]] std::string text_to_read_marks(std::span<const expected_marks>, const ledger_names&, connection&);
[[nodiscard]] bool agrees(const pqxx::result&, std::span<const expected_marks>);

/// The row of a change whose duration is measured, and the duration: SQL, in milliseconds.
struct measured_row {
    std::size_t index = action::no_entry;
    std::string duration{};
};

/// Statements that write a change, each ended by a semicolon. An update whose row is not there is refused with
/// `says_missing_row`.
[[nodiscard]] std::string text_to_write(const ledger_change&, const measured_row&, const ledger_names&, connection&);

/// True, as SQL, if the change is in the ledger. Empty if the change is empty.
[[nodiscard]] std::string text_of_presence(const ledger_change&, const ledger_names&, connection&);

}  // namespace varve::postgresql
