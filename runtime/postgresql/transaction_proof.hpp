#pragma once

#include "catalog_changes.hpp"
#include "catalog_reading.hpp"
#include "connection.hpp"
#include "given_numbers.hpp"
#include "table_rows.hpp"

#include <varve/verify.hpp>

#include <string>
#include <vector>

namespace varve::postgresql {

/// Proves that a down undoes its up, in a transaction that is rolled back. Needs two connections of its own to the
/// database: one works, the other sees what was there before.
class transaction_prover {
public:
    /// Connects. Throws `varve::error` if that is not possible, or if nothing can be proven there.
    transaction_prover(const std::string& uri, const std::string& ledger_schema);

    /// `unsure` if any statement fails. Both scripts must be able to run in a transaction.
    [[nodiscard]] proof prove(const migration&);

    /// Everything but the ledger, with the rows.
    [[nodiscard]] catalog read_catalog();

    /// Notes which numbers sequences have given, and puts that back.
    void note_numbers();
    void put_numbers_back() { numbers_.put_back(); }

private:
    [[nodiscard]] proof compare_states(const migration&);
    [[nodiscard]] proof compare_touched(const std::string& up, const catalog_rows& removed, const catalog_rows& made,
                                        const std::vector<std::string>& written);
    [[nodiscard]] catalog read_again(const catalog_selection*, const std::vector<std::string>& tables);
    /// Whether a script runs; if not, only a ROLLBACK does.
    [[nodiscard]] bool is_accepted(const std::string& script);

    connection working_;
    connection watching_;
    catalog_reader reader_;
    row_reader rows_;
    given_numbers numbers_;
    catalog_changes changes_;
};

}  // namespace varve::postgresql
