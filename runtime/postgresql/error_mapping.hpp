#pragma once

#include "connection.hpp"
#include "error_text.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>
#include <varve/error.hpp>

#include <string>
#include <string_view>

/// What the server said, as errors of varve.
namespace varve::postgresql {

/// A name as the server reads it again, for SQL in a hint.
[[nodiscard]] std::string name_in_quotes(std::string_view name);

/// A statement of a script was refused.
[[nodiscard]] error statement_error(const server_error&, const runnable&, std::size_t statement, sent);

/// The transaction of a script was refused at its end, by a deferred constraint for example.
[[nodiscard]] error commit_error(const server_error&, const runnable& last);

/// It was cancelled before or after the statements of a script.
[[nodiscard]] error interrupted_error(const server_error&, const runnable& last);

/// Reading or writing the ledger was refused.
[[nodiscard]] error ledger_error(const server_error&, const ledger_names&, const std::string& user);

/// Creating the ledger was refused: `user` lacks a right there.
[[nodiscard]] error ledger_creation_error(const server_error&, const ledger_names&, const std::string& user);

/// Whether an error names a table of the ledger, or its schema.
[[nodiscard]] bool is_about_ledger(const server_error&, const ledger_names&);

[[nodiscard]] error transaction_open_error();
[[nodiscard]] error transaction_lost_error(const runnable& last);
/// Whether a batch was committed is not known.
[[nodiscard]] error in_doubt_error_for(const batch&, std::string_view location);
[[nodiscard]] error connection_lost_error(std::string_view location, std::string_view meanwhile);

}  // namespace varve::postgresql
