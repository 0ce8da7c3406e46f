#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace varve::testing {

class unprivileged_shell;

/// A PgBouncer before a server, with transaction pooling: each transaction gets any of a few sessions. Reachable by a
/// unix socket in a directory of its own. It stops with this object or with the test program.
class pgbouncer {
public:
    /// `sessions`: how many it opens to the server. Throws std::runtime_error that says what is missing.
    pgbouncer(const std::filesystem::path& server_directory, int sessions);
    pgbouncer(const pgbouncer&) = delete;
    pgbouncer& operator=(const pgbouncer&) = delete;
    ~pgbouncer();

    /// How to connect through it.
    [[nodiscard]] std::string uri(const std::string& database) const;

private:
    std::unique_ptr<unprivileged_shell> running_;
};

}  // namespace varve::testing
