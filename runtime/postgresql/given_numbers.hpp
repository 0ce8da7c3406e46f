#pragma once

#include "connection.hpp"

namespace varve::postgresql {

/// The numbers that sequences have given. A rollback does not take them back; this does, so that what is proven and
/// undone leaves no gap that later migrations of a real database would not find.
class given_numbers {
public:
    explicit given_numbers(connection& db) : db_(db) {}

    /// Outside any transaction, before the rest.
    void prepare();
    /// Notes them in the session.
    void note();
    /// Puts back those noted that are others now. A sequence that had given none begins at its start value.
    void put_back() noexcept;

private:
    connection& db_;
    bool prepared_ = false;
};

}  // namespace varve::postgresql
