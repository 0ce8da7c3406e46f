#pragma once

#include "connection.hpp"

#include <cstddef>

namespace varve::sqlite {

/// The tables of the main database, without the ledger's and those that SQLite keeps for itself. Throws `refusal`.
[[nodiscard]] std::size_t count_tables(const connection&);

}  // namespace varve::sqlite
