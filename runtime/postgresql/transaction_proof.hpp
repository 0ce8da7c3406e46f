#pragma once

#include "catalog_changes.hpp"
#include "catalog_reading.hpp"
#include "connection.hpp"

#include <varve/verify.hpp>

#include <string>
#include <vector>

namespace varve::postgresql {

/// Proves that a down undoes its up, in a transaction that is rolled back. Needs two connections of its own to the
/// database: one works, the other sees what was there before.
class transaction_prover {
public:
    transaction_prover(const std::string& uri, const std::string& ledger_schema);

    /// `unsure` if any statement fails. Both scripts must be able to run in a transaction.
    [[nodiscard]] proof prove(const migration&);

    /// Everything but the ledger.
    [[nodiscard]] catalog read_catalog() { return reader_.read_all(); }

private:
    [[nodiscard]] proof compare_states(const migration&);
    /// Whether a script runs; if not, only a ROLLBACK does.
    [[nodiscard]] bool is_accepted(const std::string& script);

    connection working_;
    connection watching_;
    catalog_reader reader_;
    catalog_changes changes_;
};

}  // namespace varve::postgresql
