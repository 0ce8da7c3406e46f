#pragma once

#include "connection.hpp"
#include "database_name.hpp"
#include "session_settings.hpp"

#include <varve/error.hpp>
#include <varve/sqlite.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace varve {

/// What an engine knows between two calls: how to reach the database, and what a half-run script changed.
class sqlite_engine::session {
public:
    session(std::string file, sqlite_options);
    session(sqlite3* borrowed, const sqlite_options&);

    [[nodiscard]] std::string location() const;

    /// Null if there is no such database. Refuses a transaction of the application.
    [[nodiscard]] const sqlite::connection* for_reading();
    enum class missing : std::uint8_t { create, leave };
    /// The same, and refuses what cannot be written to. Null only if it is missing and to be left so.
    [[nodiscard]] const sqlite::connection* for_writing(missing);

    /// Settings of a script that runs without a transaction hold for its later statements, and no longer.
    void begin_script(const sqlite::connection&, const runnable&);
    [[nodiscard]] core::interruption& stop() noexcept { return waiting_.stop; }
    void end_script() noexcept { script_settings_.reset(); }

private:
    std::optional<sqlite::database_name> name_;  ///< empty if borrowed
    sqlite3* borrowed_ = nullptr;
    sqlite::waiting waiting_;                                  // before connection_, which refers to it
    std::optional<sqlite::connection> connection_;             ///< when open
    std::optional<sqlite::session_settings> script_settings_;  // after connection_: it is put back before that closes
};

}  // namespace varve
