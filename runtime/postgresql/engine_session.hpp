#pragma once

#include "acting_role.hpp"
#include "connection.hpp"
#include "in_doubt.hpp"
#include "ledger_names.hpp"
#include "performing.hpp"
#include "session_lock.hpp"
#include "session_settings.hpp"

#include <varve/postgresql.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace varve::postgresql {

/// A connection and what varve knows about it.
class engine_session {
public:
    engine_session(const std::string& uri, postgresql_options);
    engine_session(pqxx::connection& borrowed, postgresql_options);

    /// Before anything else is sent on a borrowed connection, unless a run of ours is going on.
    void begin_use();
    void end_use() noexcept;

    ledger_names& names();
    /// As an SQL literal of its plain name.
    [[nodiscard]] std::string schema_literal() { return db.quoted(options_.schema); }

    /// The connection was lost, and everything that the session had.
    void forget() noexcept;

    /// At the end of a run.
    void unlock() noexcept;

    /// Once in a session of our own, under the lock.
    void prepare();

    /// A batch about to be performed, with what the session knows that makes it cheaper.
    [[nodiscard]] performance performance_of(const batch&, progress*);

    /// What is needed to resolve what is about to be sent.
    [[nodiscard]] lost_session if_lost();

    /// Once a batch is committed.
    void note_written(const batch&);

    /// The whole run in the role, where the session is ours for so long.
    void take_role();
    /// Who needs the rights that are missing.
    [[nodiscard]] std::string acting() { return role.empty() ? db.user() : role.name(); }

    connection db;
    acting_role role;
    session_lock lock;
    session_settings settings;
    bool contended = false;  ///< the last thing that was performed met a locked table
    blocks use_blocks = blocks::use;

private:
    void check_schema() const;
    pqxx::result probe();

    postgresql_options options_;
    ledger_names names_;
    std::string encoding_;
    std::optional<prepared_session> prepared_;
    std::optional<std::int64_t> written_;  // the newest id, if this session wrote it since it has the lock
};

}  // namespace varve::postgresql
