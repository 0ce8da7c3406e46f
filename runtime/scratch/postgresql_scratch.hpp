#pragma once

#include "scratch_server.hpp"

#include "postgresql/transaction_proof.hpp"

#include <varve/postgresql.hpp>
#include <varve/verify.hpp>

#include <memory>
#include <optional>
#include <string>

namespace varve::scratch {

/// A database to verify on, on a server of PostgreSQL. `remake` makes it empty again and says how to connect to it.
class postgresql_scratch final : public scratch_database {
public:
    postgresql_scratch(const std::string& uri, std::function<std::string()> remake);

    [[nodiscard]] engine& database() override { return *engine_; }
    [[nodiscard]] catalog read_catalog() override { return prover_->read_catalog(); }
    [[nodiscard]] proof prove_in_transaction(const migration& which) override { return prover_->prove(which); }
    [[nodiscard]] bool proves_in_transactions() const override { return true; }
    void remember() override { prover_->note_numbers(); }
    void put_numbers_back() override { prover_->put_numbers_back(); }
    void bring_back() override;

private:
    void connect(const std::string& uri);

    std::function<std::string()> remake_;
    std::unique_ptr<postgresql_engine> engine_;
    std::unique_ptr<postgresql::transaction_prover> prover_;
};

}  // namespace varve::scratch
