#pragma once

#include <varve/plan.hpp>
#include <varve/postgresql.hpp>
#include <varve/verify.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#ifndef VARVE_TESTING_CACHE
#define VARVE_TESTING_CACHE ""
#endif

/// PostgreSQL databases for the tests of a program, on a server that is started for it. Reference: docs/testing.md
namespace varve::testing {

/// A migrated database that nobody else uses. It is dropped with this object, whoever is connected to it.
class postgresql_database {
public:
    postgresql_database(postgresql_database&& other) noexcept : name_(std::exchange(other.name_, {})) {}
    postgresql_database& operator=(postgresql_database&& other) noexcept {
        std::swap(name_, other.name_);
        return *this;
    }
    ~postgresql_database();

    /// How to connect to it as a superuser (at VARVE_SCRATCH_URL: as the user named there).
    [[nodiscard]] std::string uri() const;

private:
    friend class postgresql_databases;
    explicit postgresql_database(std::string name) : name_(std::move(name)) {}
    std::string name_;
};

/// Databases that each test may have for itself. At the first use the test program's server is started, the one of all
/// these objects, and the histories are applied once, to a database of their own; what tests get are copies of it. The
/// server is gone when the program is, whatever ends it. If VARVE_SCRATCH_URL names a server, that one is used. Throws
/// `varve::error`. Any number of threads may ask at once.
class postgresql_databases {
public:
    /// The histories must outlive this object; they are constants of the program. `cache` is a directory where an empty
    /// cluster is kept for the next start; empty: it is made anew each time, which takes about a second.
    explicit postgresql_databases(histories known, postgresql_options = {}, std::string cache = VARVE_TESTING_CACHE);
    postgresql_databases(const postgresql_databases&) = delete;
    postgresql_databases& operator=(const postgresql_databases&) = delete;
    ~postgresql_databases();

    [[nodiscard]] postgresql_database fresh();

    /// Proves the histories, each on a database where those before it are applied: `VARVE_TEST_HISTORY`.
    [[nodiscard]] std::vector<proven_history> prove() const;

private:
    struct origin;
    std::unique_ptr<origin> origin_;
};

}  // namespace varve::testing
