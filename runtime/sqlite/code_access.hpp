#pragma once

#include "connection.hpp"
#include "refusal.hpp"

#include <varve/transaction.hpp>

#include <optional>

namespace varve::sqlite {

/// What C++ does in a transaction on a SQLite database.
class code_access final : public transaction_access {
public:
    explicit code_access(const connection& on) : connection_(on) {}

    [[nodiscard]] engine_kind engine() const override { return engine_kind::sqlite; }
    statement_result run(const sql_text&, std::span<const parameter>) override;
    bool exists(const named_object&) override;
    void tell(const work_done&) override {}

private:
    [[nodiscard]] statement_result run_here(std::string_view sql, std::span<const parameter>) const;

    const connection& connection_;
};

}  // namespace varve::sqlite
