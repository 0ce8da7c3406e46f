#pragma once

#include "connection.hpp"

#include <varve/engine.hpp>

namespace varve::sqlite {

/// Performs a batch in one transaction: guard, scripts, ledger rows, commit. Throws `error` for what a script did, and
/// `refusal` for what SQLite said about the ledger or the database.
[[nodiscard]] outcome perform_batch(const connection&, const batch&, progress&);

}  // namespace varve::sqlite
