#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

/// What a command line can do beside what an `engine` can. It is given to it, so that a program which only migrates
/// does not link it.
namespace varve {

class schema_inspector;

/// Saves a database to a file and brings it back. SQLite's is among its tools; `<varve/backup.hpp>` has PostgreSQL's.
/// Throws `varve::error`.
class backup_method {
public:
    backup_method() = default;
    backup_method(const backup_method&) = delete;
    backup_method& operator=(const backup_method&) = delete;
    virtual ~backup_method() = default;

    /// What a backup is called after the time in its name: `shop` and `.db`.
    [[nodiscard]] virtual std::pair<std::string, std::string> name_and_ending() const = 0;
    /// Writes the whole database. Never over an existing file, and leaves no half of one.
    virtual void save(const std::string& file) = 0;
    /// Makes the database what it was when the file was written. A file that is not such a backup changes nothing.
    virtual void restore(const std::string& file) = 0;
};

/// For one database: `tools_of(engine)`, declared beside each engine, makes them.
class command_tools {
public:
    using schema_writer = std::function<std::string()>;

    /// `show_schema` writes the database's schema as SQL: the same database, the same bytes.
    explicit command_tools(schema_writer show_schema) : show_schema_(std::move(show_schema)) {}

    /// The same with `backup`, `restore` and `--backup`.
    [[nodiscard]] command_tools with(std::shared_ptr<backup_method> how) const {
        command_tools result = *this;
        result.backup_ = std::move(how);
        return result;
    }

    /// The same with `init` of a database that has tables, and `drift`.
    [[nodiscard]] command_tools with(std::shared_ptr<schema_inspector> how) const {
        command_tools result = *this;
        result.inspector_ = std::move(how);
        return result;
    }

    [[nodiscard]] const schema_writer& show_schema() const { return show_schema_; }
    /// Null without.
    [[nodiscard]] backup_method* backup() const { return backup_.get(); }
    /// Null without.
    [[nodiscard]] schema_inspector* inspector() const { return inspector_.get(); }

private:
    schema_writer show_schema_;
    std::shared_ptr<backup_method> backup_;
    std::shared_ptr<schema_inspector> inspector_;
};

}  // namespace varve
