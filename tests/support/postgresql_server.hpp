#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace varve::testing {

class unprivileged_shell;

/// A PostgreSQL server for one test program: in a temporary directory, reachable by a unix socket only, trusting
/// everybody, never flushing to disk. Runs as an unprivileged user if the tests run as root. It stops, and its
/// directory disappears, with this object or with the test program, however that ends.
class postgresql_server {
public:
    /// Starts it; throws std::runtime_error that says what is missing.
    postgresql_server();
    postgresql_server(const postgresql_server&) = delete;
    postgresql_server& operator=(const postgresql_server&) = delete;
    ~postgresql_server();

    /// Creates an empty database and returns its name.
    [[nodiscard]] std::string create_database();

    /// How to connect as the superuser, or as somebody else.
    [[nodiscard]] std::string uri(const std::string& database) const;
    [[nodiscard]] std::string uri(const std::string& database, const std::string& user) const;

    /// Where the socket `.s.PGSQL.5432` is; a test may put sockets of its own beside it.
    [[nodiscard]] const std::filesystem::path& directory() const;

    /// Kills all its processes at once, in the middle of whatever they do, and starts it again.
    void crash();

    /// What the server has logged about one database, a line each: `message` or `statement: ...`.
    /// A statement is logged before it runs, if `log_statement` is `all` for its session.
    [[nodiscard]] std::string log_of(const std::string& database) const;

    /// Where the programs `initdb` and `postgres` are; VARVE_POSTGRESQL_BIN, PATH or the places of distributions.
    [[nodiscard]] static std::filesystem::path find_programs();

private:
    std::unique_ptr<unprivileged_shell> running_;
    int databases_ = 0;
};

/// The server that all tests of a program share, started at the first use.
postgresql_server& shared_postgresql_server();

}  // namespace varve::testing
