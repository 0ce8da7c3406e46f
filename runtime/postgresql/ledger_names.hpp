#pragma once

#include <string>

namespace varve::postgresql {

class connection;

/// What the ledger is called in SQL, quoted.
struct ledger_names {
    std::string schema{};          ///< "public"
    std::string schema_literal{};  ///< '"public"', for functions that take a name as text
    std::string ledger{};          ///< "public".varve_ledger
    std::string ledger_literal{};  ///< '"public".varve_ledger'
    std::string statements{};      ///< "public".varve_statement
    std::string lock_key{};        ///< an expression: the key of the advisory lock (docs/ledger.md)
};

[[nodiscard]] ledger_names names_in(const std::string& schema, connection&);

}  // namespace varve::postgresql
