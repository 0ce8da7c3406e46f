#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <string>

namespace varve::postgresql {

/// The advisory lock of the ledger, for the whole of a run. Only ever tried, never waited for: a session that waits for
/// an advisory lock makes CREATE INDEX CONCURRENTLY of the holder deadlock.
class session_lock {
public:
    enum class state : std::uint8_t {
        none,
        held,   ///< until `release`, or the end of the session
        pooled  ///< a transaction pooler gives us another session each time: only the guard of each transaction holds
    };

    /// False if somebody else has it. The key, once computed by the server, becomes a number in `names`.
    [[nodiscard]] bool try_take(connection&, ledger_names& names);
    void release(connection&, const ledger_names&) noexcept;
    /// The connection was lost, and the lock with it.
    void forget() noexcept { state_ = state::none; }

    [[nodiscard]] state now() const noexcept { return state_; }

private:
    state state_ = state::none;
};

/// The rows of pg_locks that are the lock of the ledger, as `l`, to stand behind FROM.
[[nodiscard]] std::string rows_of_lock(const ledger_names&);

/// True, as SQL, if a session other than the one of process `process` has the lock.
[[nodiscard]] std::string text_of_lock_held_by_other_than(int process, const ledger_names&);

}  // namespace varve::postgresql
