#pragma once

#include <varve/command_tools.hpp>
#include <varve/engine.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

struct sqlite3;

namespace varve {

struct sqlite_options {
    std::chrono::milliseconds busy_timeout{5'000};  ///< how long a locked database is waited for, reads included
    /// Called with each connection that varve opens to the database, before it is used: for the functions, collations
    /// and modules that the application registers, so that scripts and indexes can use them. What it throws ends the
    /// operation as `code_failed`, or as the `varve::error` that it is. Not called for a borrowed connection.
    std::function<void(sqlite3*)> on_connect{};
};

/// SQLite. A file is opened at the first use: read-write without creating for reading (a hot journal is recovered),
/// read-only where the file is not writable; created only by an operation that writes.
class sqlite_engine final : public engine {
public:
    /// A file name or a `file:` URI.
    explicit sqlite_engine(std::string file, sqlite_options = {});
    /// A connection the application has; it must outlive the engine and is never closed. Its settings
    /// (`foreign_keys`, busy timeout) are put back.
    explicit sqlite_engine(sqlite3* borrowed, const sqlite_options& = {});
    ~sqlite_engine() override;

    [[nodiscard]] engine_kind kind() const noexcept override;
    [[nodiscard]] std::string location() const override;
    [[nodiscard]] std::optional<database_overview> overview() override;
    [[nodiscard]] bool is_current(std::span<const expected_marks>) override;
    [[nodiscard]] ledger_snapshot read(rows) override;
    [[nodiscard]] std::vector<stored_statement> read_statements(std::int64_t ledger_id, direction) override;
    [[nodiscard]] bool try_lock() override;
    void unlock() noexcept override;
    [[nodiscard]] lock_scope scope() const noexcept override;
    [[nodiscard]] std::string lock_holder() override;
    [[nodiscard]] outcome perform(const batch&, progress&) override;
    void execute_alone(const runnable&, std::size_t statement) override;
    void interrupt() noexcept override;
    [[nodiscard]] const history& ledger_history() const noexcept override;

private:
    friend command_tools tools_of(sqlite_engine&);
    class session;
    std::unique_ptr<session> session_;
};

/// For `command_line`. The engine must outlive them.
[[nodiscard]] command_tools tools_of(sqlite_engine&);

}  // namespace varve
