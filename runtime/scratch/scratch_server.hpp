#pragma once

#include "child_process.hpp"
#include "postgresql_programs.hpp"
#include "run_directory.hpp"
#include "watchdog.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace varve::scratch {

/// Where data directories to begin from are kept, and what they must be like. An empty path: nowhere.
struct data_cache {
    std::filesystem::path path{};
    std::string locale = "C";
    std::string encoding = "UTF8";
};

/// A PostgreSQL server that nobody needs after us: on a unix socket in a temporary directory, trusting its only users,
/// never flushing to disk, gone when this object or the program is, whatever ends it. Its only database is template1.
class scratch_server {
public:
    /// Looks for PostgreSQL, but starts nothing. Throws `varve::error`.
    scratch_server(const std::filesystem::path& programs, data_cache);
    scratch_server(const scratch_server&) = delete;
    scratch_server& operator=(const scratch_server&) = delete;
    ~scratch_server();

    /// Starts with an empty cluster, or with the copy of a data directory that `save` made. Stops what runs.
    void start();
    void start_from(const std::filesystem::path& saved);

    /// Copies the data directory, with a note; nothing may be going on in the database. False if that cannot be
    /// written there.
    bool save(const std::filesystem::path& place, const std::string& note);

    /// How to connect.
    [[nodiscard]] std::string uri() const;
    [[nodiscard]] const postgresql_programs& programs() const { return programs_; }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_.path(); }
    [[nodiscard]] pid_t id() const { return server_ ? server_->id() : 0; }

private:
    [[nodiscard]] std::filesystem::path data() const { return directory_.path() / "data"; }
    void make_cluster();
    void slim_cluster();
    void run();
    void wait_until_ready();
    void stop(int signal);
    [[noreturn]] void fail(const char* what) const;

    account owner_;
    run_directory directory_;
    watchdog watchdog_;
    postgresql_programs programs_;
    data_cache cache_;
    std::optional<child_process> server_;
};

/// What libpq reads from the environment (PG*) is about somebody else's server: forgets it, before one is started.
void forget_other_servers();

/// The note of a saved data directory; empty if there is none.
[[nodiscard]] std::string note_in(const std::filesystem::path& saved);

}  // namespace varve::scratch
