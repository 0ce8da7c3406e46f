#pragma once

#include <varve/command_tools.hpp>
#include <varve/engine.hpp>

#include <pqxx/connection>

#include <functional>
#include <memory>
#include <string>

namespace varve {

/// A statement about to be sent, and what it takes to watch it meanwhile.
struct watched_statement {
    const std::function<void()>& send;  ///< sends it and waits for the answer; throws what it failed with
    int process = 0;                    ///< the server process that runs it
    const std::function<std::unique_ptr<pqxx::connection>()>& connect;  ///< another connection to the same database
    const progress_listener& tell;
};

namespace postgresql {
class connection;
}

struct postgresql_options {
    std::string schema = "public";  ///< where the ledger is; always qualified and quoted, created if it is not there
    /// As whom migrations are applied, the ledger is written and both are owned, if not as the user of the connection,
    /// who must be a member of that role. `SET ROLE`, with the name exactly as it is; put back after each run.
    std::string role{};
    /// For a borrowed connection: makes another one to the same database, so that a commit whose answer was lost can be
    /// resolved. Without it such an error says `in_doubt`.
    std::function<std::unique_ptr<pqxx::connection>()> reconnect{};
    /// Sends a statement and tells the observer how far the server is: `server_progress()` of
    /// <varve/server_progress.hpp>. Used if there is an observer and another connection can be made.
    std::function<void(const watched_statement&)> watch{};
};

/// PostgreSQL through libpqxx.
class postgresql_engine final : public engine {
public:
    /// A connection string or `postgresql://` URI. Connects at the first use, and again if the connection was lost.
    explicit postgresql_engine(const std::string& uri, postgresql_options = {});
    /// A connection the application has; it must outlive the engine. It may not be inside a transaction: that is
    /// detected and refused, never committed or aborted.
    explicit postgresql_engine(pqxx::connection& borrowed, postgresql_options = {});
    ~postgresql_engine() override;

    [[nodiscard]] engine_kind kind() const noexcept override;
    [[nodiscard]] std::string location() const override;
    [[nodiscard]] std::string role() const override;
    [[nodiscard]] std::optional<database_overview> overview() override;
    [[nodiscard]] bool is_current(std::span<const expected_marks>) override;
    [[nodiscard]] ledger_snapshot read(rows) override;
    [[nodiscard]] std::vector<stored_statement> read_statements(std::int64_t ledger_id, direction) override;
    [[nodiscard]] bool try_lock() override;
    void unlock() noexcept override;
    [[nodiscard]] lock_scope scope() const noexcept override;
    [[nodiscard]] std::string lock_holder() override;
    [[nodiscard]] outcome perform(const batch&, progress&) override;
    [[nodiscard]] outcome perform_series(std::span<const batch>, series_progress&) override;
    [[nodiscard]] std::chrono::microseconds round_trip() const noexcept override;
    void execute_alone(const runnable&, std::size_t statement) override;
    [[nodiscard]] bool can_execute_alone() const noexcept override;
    void tell_progress_to(const progress_listener&) override;
    [[nodiscard]] found_effect look_for(const statement_probe&) override;
    void interrupt() noexcept override;
    [[nodiscard]] const history& ledger_history() const noexcept override;

private:
    friend command_tools tools_of(postgresql_engine&);
    using borrower = std::function<void(postgresql::connection&, const std::string& ledger_schema)>;
    /// For what is linked only where it is used. The schema is an SQL literal.
    void lend(std::string_view meanwhile, const borrower&);
    class session;
    [[nodiscard]] outcome perform_string(std::span<const batch>, series_progress&);
    std::unique_ptr<session> session_;
};

/// For `command_line`. The engine must outlive them.
[[nodiscard]] command_tools tools_of(postgresql_engine&);

}  // namespace varve
