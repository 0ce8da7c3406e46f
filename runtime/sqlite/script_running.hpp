#pragma once

#include "connection.hpp"
#include "refusal.hpp"

#include <varve/engine.hpp>
#include <varve/error.hpp>

#include <cstddef>

namespace varve::sqlite {

/// Runs one statement of a script to its end. Throws `refusal`.
void run_statement(const connection&, const statement&);

/// The same outside a transaction, where it is possible to wait for a lock.
void run_statement_patiently(const connection&, const statement&);

/// What SQLite refused, with file, line, column and the statement.
[[nodiscard]] error_details refused_at(const runnable&, std::size_t statement, const refusal&);

}  // namespace varve::sqlite
