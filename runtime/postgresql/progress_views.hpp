#pragma once

#include "pqxx_compatibility.hpp"

#include <varve/engine.hpp>

#include <memory>
#include <optional>
#include <string>

namespace varve::postgresql {

/// What the server's progress views say about one process.
struct progress_row {
    std::string phase{};
    std::string relation{};
    std::string unit{};
    std::int64_t done = 0;
    std::int64_t total = 0;
    [[nodiscard]] statement_progress view() const;
};

/// The question, for the views that a server of this version has: at most one row of phase, relation, unit, done and
/// total.
[[nodiscard]] std::string text_to_read_progress(int process, int server_version);

/// A second connection from which another process is looked at. None of its functions throws: what cannot be had is not
/// worth a migration.
class progress_views {
public:
    /// `connect` may throw, or give nothing.
    progress_views(const std::function<std::unique_ptr<pqxx::connection>()>& connect, int process) noexcept;

    [[nodiscard]] bool is_usable() const noexcept { return connection_ != nullptr; }
    /// Empty if the process does nothing that has a view.
    [[nodiscard]] std::optional<progress_row> read() noexcept;
    /// Stops what the process runs.
    void cancel() noexcept;

private:
    pqxx::result run(const std::string& sql);
    void give_up() noexcept;

    int process_;
    std::unique_ptr<pqxx::connection> connection_;
    std::unique_ptr<muted_notices> muted_;  // refers to connection_: declared after it, gone before it
    std::string question_;
};

}  // namespace varve::postgresql
