#pragma once

#include <varve/problem.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace varve {

/// What went wrong, for programs. Each has a page in docs/runbook.md; the numbers are not promised, the names are.
enum class error_code : std::uint8_t {
    statement_failed,   ///< the database refused a statement of a script; nothing of its migration was kept
    diverged,           ///< history and database disagree: `error::problems()` lists all of it
    lock_timeout,       ///< another process held the lock until the deadline
    in_doubt,           ///< the connection was lost around a commit; the next start settles it
    connection_failed,  ///< no connection, or it was lost before anything was committed
    transaction_open,   ///< the caller's connection is inside a transaction of its own
    transaction_lost,   ///< a script ended varve's transaction
    database_missing,   ///< there is no such database or file
    database_unusable,  ///< not a database, corrupt, locked by somebody else, disk full
    read_only,          ///< file, directory or server does not allow writing
    permission_denied,  ///< the user lacks a right
    ledger_too_new,     ///< a newer varve changed the ledger in a way this one must not write to
    invalid_argument,   ///< a target, version or option that makes no sense
    needs_session,      ///< not possible through a transaction pooler
    observer_failed,    ///< reserved for observers that report failure by code
    cancelled,          ///< asked to stop
    pending,            ///< the database is behind this program, and `require` does not migrate
    is_protected,       ///< `protect` marked this database: it may not be reset or restored
    backup_failed,      ///< a backup could not be written or brought back
    table_locked,       ///< other sessions hold locks that a statement needs, or it met them in a deadlock
    code_failed         ///< a migration written in C++, or a hook of the program, threw an exception
};
[[nodiscard]] std::string_view to_string(error_code) noexcept;

/// Where and why, as far as known. Empty or 0 means: not known.
struct error_details {
    error_code code = error_code::statement_failed;
    std::string message{};  ///< one sentence for a person, without location
    std::string hint{};     ///< what to do; may be the server's own hint
    std::string history{};
    std::int64_t version = 0;
    std::string file{};  ///< `migrations/0007_add_email.sql`
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string sqlstate{};   ///< PostgreSQL's five characters, or SQLite's extended result name
    std::string statement{};  ///< the statement's text
    std::string done{};       ///< what was already done and stays: "applied shop 1 to 6"
    std::string undone{};     ///< what else was in the same transaction, so that it was not kept: "shop 7 to 9"
    std::vector<problem> problems{};
};

/// The one exception of the runtime: flat, with properties. `what()` is the compiler-style text with everything a
/// person needs: location, message, the statement's first line, hint, what was done. Never contains a password.
class error : public std::runtime_error {
public:
    explicit error(error_details details);

    [[nodiscard]] error_code code() const noexcept { return details_->code; }
    [[nodiscard]] const error_details& details() const noexcept { return *details_; }
    [[nodiscard]] const std::vector<problem>& problems() const noexcept { return details_->problems; }

    /// The same error with what was done before it. Used by the runtime while the error passes through it.
    [[nodiscard]] error with_done(std::string done) const;

private:
    std::shared_ptr<const error_details> details_;  // shared and immutable: copying never throws
};

}  // namespace varve
