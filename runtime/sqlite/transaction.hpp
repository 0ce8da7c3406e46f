#pragma once

#include "connection.hpp"

#include <optional>

namespace varve::sqlite {

/// A transaction that may write, from BEGIN IMMEDIATE on. Rolls back unless it was committed.
class transaction {
public:
    /// Waits for the busy timeout; empty if somebody else is writing still. Throws `refusal`.
    [[nodiscard]] static std::optional<transaction> begin(const connection&);
    transaction(transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
    transaction& operator=(transaction&&) = delete;
    ~transaction() { roll_back(); }

    /// False after something else ended it: a COMMIT in a script, ON CONFLICT ROLLBACK, a full disk.
    [[nodiscard]] bool is_open() const noexcept { return connection_ != nullptr && connection_->in_transaction(); }

    /// Repeats a COMMIT that readers are in the way of, until the busy timeout. Throws `refusal`; then it is still open
    /// or SQLite has rolled it back.
    void commit();
    void roll_back() noexcept;

private:
    explicit transaction(const connection& on) : connection_(&on) {}
    const connection* connection_;  ///< null when it is over
};

}  // namespace varve::sqlite
