#pragma once

#include "database_name.hpp"

#include "core/interruption.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

struct sqlite3;

namespace varve::sqlite {

/// How long a locked database is waited for, how that, and what runs, is ended from another thread, and what the
/// application does with each connection that is opened. Outlives the connections that refer to it.
struct waiting {
    explicit waiting(std::chrono::milliseconds longest, std::function<void(sqlite3*)> when_opened = {})
        : busy_timeout(longest), on_connect(std::move(when_opened)) {}

    std::chrono::milliseconds busy_timeout;
    std::function<void(sqlite3*)> on_connect;
    std::chrono::steady_clock::time_point deadline{};  ///< of the wait that is going on
    core::interruption stop{};
};

/// A connection to one database: opened and closed here, or borrowed from the application and left as it was.
class connection {
public:
    /// Opens what exists; empty if there is no such file. Read-only where the file may not be written.
    [[nodiscard]] static std::optional<connection> open(const database_name&, waiting&);
    /// Opens it, and creates the file if there is none.
    [[nodiscard]] static connection open_or_create(const database_name&, waiting&);
    [[nodiscard]] static connection borrow(sqlite3*, waiting&);

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
    [[nodiscard]] std::chrono::milliseconds busy_timeout() const noexcept { return waiting_->busy_timeout; }
    [[nodiscard]] core::interruption& stop() const noexcept { return waiting_->stop; }
    /// For another connection that is to wait, to be stopped and to be prepared like this one.
    [[nodiscard]] waiting& how_to_wait() const noexcept { return *waiting_; }
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] bool read_only() const noexcept;

    /// Throws `transaction_open` inside a transaction of somebody else.
    void require_no_transaction() const;
    /// Throws `transaction_open` if a statement of the application has been begun and not finished: it holds a
    /// transaction open, and rolling back would end it.
    void require_no_unfinished_statement() const;

private:
    struct closing {
        void operator()(sqlite3* handle) const noexcept;
    };
    using owned_handle = std::unique_ptr<sqlite3, closing>;

    connection(owned_handle, waiting&);
    connection(sqlite3* borrowed, waiting&);

    owned_handle owned_;
    sqlite3* handle_;
    waiting* waiting_;
};

/// Waits for a lock until the busy timeout is over, or somebody interrupts. On a connection of ours SQLite itself
/// waits; a borrowed one has a busy handler of its owner's, which cannot be read and so could not be put back: it is
/// left alone, and the waiting is done here.
class busy_wait {
public:
    explicit busy_wait(const connection& on)
        : stop_(on.stop()), deadline_(std::chrono::steady_clock::now() + on.busy_timeout()) {}

    /// Whether to call again what gave this result code: it was busy, and there is time left. Pauses before it says so.
    [[nodiscard]] bool again(int result);

private:
    core::interruption& stop_;
    std::chrono::steady_clock::time_point deadline_;
    std::chrono::milliseconds pause_{1};
};

}  // namespace varve::sqlite
