#pragma once

#include <sql/token_reader.hpp>

#include <optional>
#include <string>

namespace varve::generator {

/// A statement that has no place inside a transaction, as a sentence of two parts.
struct outside_transaction {
    std::string what;  ///< `CREATE INDEX CONCURRENTLY`
    std::string why;   ///< `cannot run inside a transaction`
};

/// Nothing if the statement may run inside a transaction, as far as its words tell.
[[nodiscard]] std::optional<outside_transaction> why_outside_transaction(const token_reader&, engine_kind dialect);

}  // namespace varve::generator
