#pragma once

#include "connection.hpp"

#include <string>

namespace varve::sqlite {

/// The schema as SQL, without the ledger: by table, each with its indexes and triggers, then views. Throws `refusal`.
[[nodiscard]] std::string schema_of(const connection&);

}  // namespace varve::sqlite
