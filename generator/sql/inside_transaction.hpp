#pragma once

#include <sql/token_reader.hpp>

#include <optional>
#include <string>

namespace varve::generator {

/// A PostgreSQL statement that fails or does nothing without a transaction around it.
struct inside_transaction {
    std::string what;  ///< `LOCK TABLE`
    std::string why;   ///< `fails outside a transaction`
};

/// Nothing if the statement may run by itself.
[[nodiscard]] std::optional<inside_transaction> why_inside_transaction(const token_reader&);

}  // namespace varve::generator
