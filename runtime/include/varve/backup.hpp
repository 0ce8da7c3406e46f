#pragma once

#include <varve/command_tools.hpp>

#include <filesystem>
#include <memory>
#include <string>

/// Backups of PostgreSQL databases, target `varve::backup`. SQLite's are among `tools_of(sqlite_engine)`.
namespace varve {

struct postgresql_backup_options {
    /// Where `pg_dump`, `pg_restore` and `psql` are. If empty: VARVE_POSTGRESQL_BIN, PATH, the places of distributions,
    /// newest first. They must be as new as the server.
    std::filesystem::path programs{};
};

/// Saves by `pg_dump`, in its custom format, and restores by `psql` in one transaction: all of the database's schemas
/// are replaced, or nothing is. Passwords go to the programs in their environment.
class postgresql_backup final : public backup_method {
public:
    /// A connection string or `postgresql://` URI, as for the engine.
    explicit postgresql_backup(const std::string& uri, postgresql_backup_options = {});
    ~postgresql_backup() override;

    [[nodiscard]] std::pair<std::string, std::string> name_and_ending() const override;
    void save(const std::string& file) override;
    void restore(const std::string& file) override;

private:
    class session;
    std::unique_ptr<session> session_;
};

}  // namespace varve
