#pragma once

#include "connection.hpp"
#include "prepared_statement.hpp"
#include "refusal.hpp"

#include <varve/engine.hpp>
#include <varve/error.hpp>

#include <cstddef>

namespace varve::sqlite {

/// A statement was cut wrongly if anything follows it: what SQLite would silently not run. Throws `refusal`.
void require_one_statement(const connection&, const prepared_statement&);

/// Runs one statement of a script to its end. Throws `refusal`.
void run_statement(const connection&, const statement&);

/// The same outside a transaction, where it is possible to wait for a lock.
void run_statement_patiently(const connection&, const statement&);

/// How what runs on a connection is cancelled.
[[nodiscard]] core::interruption::way way_to_cancel(const connection&) noexcept;

/// Throws the refusal of something cancelled if the connection was interrupted.
void require_not_interrupted(const connection&);

/// What SQLite refused, with file, line, column and the statement.
[[nodiscard]] error_details refused_at(const runnable&, std::size_t statement, const refusal&);

}  // namespace varve::sqlite
