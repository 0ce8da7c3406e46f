#pragma once

#include "history_builder.hpp"

#include <varve/engine.hpp>
#include <varve/error.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace varve::testing {

/// A database in memory, shared by any number of fake engines, each of which stands for a process of its own.
/// It knows three kinds of statement: `CREATE TABLE a ...` fails if there is an `a`, `DROP TABLE a` if there is none,
/// and whatever begins with `FAIL` always fails. All others succeed and do nothing. C++ can run them too; what it binds
/// stands behind the statement: `UPDATE t SET a = $1 <- 5`.
class fake_database {
public:
    explicit fake_database(engine_kind kind = engine_kind::sqlite);

    /// What a transaction changes: copied at its begin, put back as a whole at its commit.
    struct contents {
        std::set<std::string> tables{};
        std::map<std::int64_t, ledger_entry> rows{};
        std::map<std::tuple<std::int64_t, direction, std::int32_t>, stored_statement> statements{};
        std::vector<std::string> run{};  ///< every statement, in order
    };

    [[nodiscard]] bool has_table(std::string_view name) const;
    /// The active rows as `shop 1 applied`, by id.
    [[nodiscard]] std::vector<std::string> active() const;
    [[nodiscard]] ledger_snapshot snapshot() const;
    /// All statements that were run and kept, without the ledger's own.
    [[nodiscard]] std::vector<std::string> statements_run() const;
    /// By hand, past varve.
    void remove_row(std::int64_t id);
    void execute_by_hand(std::string_view sql);

    contents now;
    engine_kind kind;
    lock_scope scope = lock_scope::run;
    const engine* lock_owner = nullptr;
    std::string holder = "deploy@web1:4711";
    bool in_callers_transaction = false;
    /// What is found of a probed statement, by the probe's object and name: `t.i`.
    std::map<std::string, found_effect> effects{};
    std::optional<error_code> refuses_alone{};  ///< why no statement may be run outside a transaction
    std::function<void()> before_perform;       ///< what another process does just then
    built_history ledger_history;
    mutable std::recursive_mutex guard;
};

/// Keeps the promises of engine.hpp on a fake database.
class fake_engine final : public engine {
public:
    explicit fake_engine(fake_database& database) : database_(&database), own_(&database.ledger_history.get()) {}
    /// A program built with another varve.
    fake_engine(fake_database& database, const history& ledger_history) : database_(&database), own_(&ledger_history) {}
    ~fake_engine() override { fake_engine::unlock(); }

    [[nodiscard]] engine_kind kind() const noexcept override { return database_->kind; }
    [[nodiscard]] std::string location() const override { return "memory"; }
    [[nodiscard]] bool is_current(std::span<const expected_marks>) override;
    [[nodiscard]] ledger_snapshot read(rows) override;
    [[nodiscard]] std::vector<stored_statement> read_statements(std::int64_t ledger_id, direction) override;
    [[nodiscard]] bool try_lock() override;
    void unlock() noexcept override;
    [[nodiscard]] lock_scope scope() const noexcept override { return database_->scope; }
    [[nodiscard]] std::string lock_holder() override;
    [[nodiscard]] outcome perform(const batch&, progress&) override;
    void execute_alone(const runnable&, std::size_t statement) override;
    [[nodiscard]] found_effect look_for(const statement_probe&) override;
    [[nodiscard]] const history& ledger_history() const noexcept override { return *own_; }

private:
    void refuse_callers_transaction() const;

    fake_database* database_;
    const history* own_;
};

}  // namespace varve::testing
