#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace varve::testing {

class unprivileged_shell;

/// Whose a session of the server is, and for how long.
enum class pooling {
    transaction,  ///< each transaction gets any of a few
    session       ///< a client keeps the one it got
};

/// A PgBouncer before a server. Reachable by a unix socket in a directory of its own. It stops with this object or with
/// the test program.
class pgbouncer {
public:
    /// `sessions`: how many it opens to the server. Throws std::runtime_error that says what is missing.
    pgbouncer(const std::filesystem::path& server_directory, int sessions, pooling = pooling::transaction);
    pgbouncer(const pgbouncer&) = delete;
    pgbouncer& operator=(const pgbouncer&) = delete;
    ~pgbouncer();

    /// How to connect through it.
    [[nodiscard]] std::string uri(const std::string& database) const;

private:
    std::unique_ptr<unprivileged_shell> running_;
};

}  // namespace varve::testing
