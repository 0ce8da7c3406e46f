#pragma once

#include <varve/plan.hpp>
#include <varve/verify.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct sqlite3;

/// SQLite databases for the tests of a program. Reference: docs/testing.md
namespace varve::testing {

/// A migrated database in memory that nobody else uses, gone with this object.
class sqlite_database {
public:
    sqlite_database(sqlite_database&&) noexcept;
    sqlite_database& operator=(sqlite_database&&) noexcept;
    ~sqlite_database();

    /// For SQLite's functions and for `varve::sqlite_engine`.
    [[nodiscard]] sqlite3* handle() const noexcept;

private:
    friend class sqlite_databases;
    struct opened;
    explicit sqlite_database(std::unique_ptr<opened>);
    std::unique_ptr<opened> opened_;
};

/// A migrated database in a file that nobody else uses. The file and its directory are gone with this object.
class sqlite_file {
public:
    sqlite_file(sqlite_file&&) noexcept;
    sqlite_file& operator=(sqlite_file&&) noexcept;
    ~sqlite_file();

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    friend class sqlite_databases;
    explicit sqlite_file(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// Databases that each test may have for itself. The histories are applied once, at the first use, to a database in
/// memory; what tests get are copies of it. Throws `varve::error`. Any number of threads may ask at once.
class sqlite_databases {
public:
    using preparation = std::function<void(sqlite3*)>;

    /// `prepare` is called for each connection that is opened here: it registers functions and collations that the
    /// migrations use. The histories must outlive this object; they are constants of the program.
    explicit sqlite_databases(histories known, preparation prepare = {});
    sqlite_databases(const sqlite_databases&) = delete;
    sqlite_databases& operator=(const sqlite_databases&) = delete;
    ~sqlite_databases();

    [[nodiscard]] sqlite_database fresh();
    [[nodiscard]] sqlite_file fresh_file();

    /// Proves the histories, each on a database where those before it are applied: `VARVE_TEST_HISTORY`.
    [[nodiscard]] std::vector<proven_history> prove() const;

private:
    struct image;
    std::unique_ptr<image> image_;
};

}  // namespace varve::testing
