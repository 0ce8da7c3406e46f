#pragma once

#include <varve/catalog.hpp>
#include <varve/engine.hpp>
#include <varve/plan.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// A database beside what its histories say it should be. Reference: docs/schema.md
namespace varve {

/// A database that may be thrown away, empty when it is made and gone with this.
class scratch_schema {
public:
    scratch_schema() = default;
    scratch_schema(const scratch_schema&) = delete;
    scratch_schema& operator=(const scratch_schema&) = delete;
    virtual ~scratch_schema() = default;

    [[nodiscard]] virtual engine& database() = 0;
    /// As `schema_inspector::read_catalog()`.
    [[nodiscard]] virtual catalog read_catalog() = 0;
    /// The schema as SQL, as `show-schema` prints it.
    [[nodiscard]] virtual std::string text() = 0;
};

/// Looks at the schema of one database. Among the tools of each engine: `tools_of(engine).inspector()`.
class schema_inspector {
public:
    schema_inspector() = default;
    schema_inspector(const schema_inspector&) = delete;
    schema_inspector& operator=(const schema_inspector&) = delete;
    virtual ~schema_inspector() = default;

    /// What is in the database, in a form that can be compared with another one of the same system: without the ledger,
    /// rows, owners and privileges. Writes nothing.
    [[nodiscard]] virtual catalog read_catalog() = 0;
    /// `server`: a connection string of another server to make it on; empty: in memory (SQLite), or on the server of
    /// the database itself (PostgreSQL), where this user must be allowed to create databases.
    [[nodiscard]] virtual std::unique_ptr<scratch_schema> make_scratch(const std::string& server) = 0;
};

/// What is not as the histories say. `before` of a difference is what they say, `after` what the database has.
struct drift_report {
    std::vector<difference> differences{};
    std::vector<std::string> notes{};
    std::size_t migrations = 0;  ///< how many are applied, and were run on a database of their own to compare with
};

/// Compares a database with what its ledger says was applied: these migrations are run on a scratch database. Writes
/// nothing to the database. Throws `diverged` where they cannot be run: this program does not contain one, or contains
/// another one.
[[nodiscard]] drift_report drift(engine&, const histories&, schema_inspector&, const std::string& scratch_server = {});

/// `column public.users.email: is missing`, for a person.
[[nodiscard]] std::string drift_text(const difference&);

}  // namespace varve
