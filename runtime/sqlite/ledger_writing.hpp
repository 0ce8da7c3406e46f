#pragma once

#include "prepared_statement.hpp"

#include <varve/ledger.hpp>

#include <optional>

namespace varve::sqlite {

/// Writes rows of the ledger, inside a transaction. Keeps its statements: a batch has one change for each migration.
/// Throws `refusal`, and `error` for a change of something that is not there.
class ledger_writer {
public:
    explicit ledger_writer(const connection& on) : connection_(on) {}

    /// The inserted row whose duration was measured, if there is one.
    struct measured {
        std::size_t index;
        std::int64_t duration_ms;
    };

    /// Updates, inserts, statements, progress: an update frees the slot that an insert takes.
    /// False if a row has not the details that were expected: then the transaction has to be rolled back.
    [[nodiscard]] bool write(const ledger_change&, const std::optional<measured>&);

private:
    void insert(const ledger_entry&, std::int64_t duration_ms);
    void insert(const stored_statement&);
    [[nodiscard]] bool update(const entry_update&);
    void update(const statement_update&);
    prepared_statement& prepared(std::optional<prepared_statement>& kept, std::string_view sql);
    [[nodiscard]] bool changed_one_row() const;

    const connection& connection_;
    std::optional<prepared_statement> insert_entry_;
    std::optional<prepared_statement> insert_statement_;
    std::optional<prepared_statement> update_entry_;
    std::optional<prepared_statement> update_statement_;
};

}  // namespace varve::sqlite
