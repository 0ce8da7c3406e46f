#pragma once

#include "connection.hpp"

#include <varve/sqlite.hpp>
#include <varve/verify.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace varve::sqlite {

/// What the application registers on its connections, as SQLITE_FUNCTIONS and SQLITE_COLLATIONS say it.
struct registered_names {
    std::vector<std::string> functions{};  ///< `slugify/1`, `median/1:aggregate`
    std::vector<std::string> collations{};
};

/// A database in memory to verify on, with stand-ins for what the application registers.
class memory_scratch final : public scratch_database {
public:
    explicit memory_scratch(const registered_names& = {});
    /// `prepare` registers the application's own instead.
    explicit memory_scratch(const std::function<void(sqlite3*)>& prepare);

    [[nodiscard]] engine& database() override { return engine_; }
    [[nodiscard]] catalog read_catalog() override;
    /// What a script may do differs inside a transaction and outside, and a state is brought back in no time.
    [[nodiscard]] proof prove_in_transaction(const migration&) override { return {}; }
    [[nodiscard]] bool proves_in_transactions() const override { return false; }
    void remember() override;
    void put_numbers_back() override;
    void bring_back() override;

private:
    waiting alone_{std::chrono::milliseconds(0)};  // nobody else knows these databases
    std::int64_t made_up_ = 0;                     // by stand-ins
    connection open_;
    connection copy_;
    sqlite_engine engine_;  // borrows open_
};

}  // namespace varve::sqlite
