#include <varve/postgresql.hpp>

#include "answer.hpp"
#include "connection.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"
#include "in_doubt.hpp"
#include "ledger_rows.hpp"
#include "performing.hpp"
#include "session_lock.hpp"
#include "session_settings.hpp"

#include <varve/error.hpp>

#include <varve_ledger_postgresql.hpp>

#include <algorithm>
#include <utility>

namespace varve {

using namespace postgresql;

/// A connection and what varve knows about it.
class postgresql_engine::session {
public:
    session(const std::string& uri, postgresql_options options) : db(uri, options.watch), options_(std::move(options)) {
        check_schema();
    }
    session(pqxx::connection& borrowed, postgresql_options options)
        : db(borrowed, options.reconnect, options.watch), options_(std::move(options)) {
        check_schema();
    }

    /// Before anything else is sent on a borrowed connection, unless a run of ours is going on.
    void begin_use() {
        if (!db.is_borrowed() || lock.now() != session_lock::state::none) return;
        const auto answer = probe();
        if (is_true(answer, 0, 0)) throw transaction_open_error();
        encoding_ = text_in(answer, 0, 1);
        if (encoding_ != "UTF8") db.run("SET client_encoding = 'UTF8'");
    }
    void end_use() noexcept {
        if (lock.now() != session_lock::state::none || encoding_.empty()) return;
        if (encoding_ != "UTF8") db.run_if_possible(core::joined({"SET client_encoding = ", encoding_}));
        encoding_.clear();
    }

    ledger_names& names() {
        if (names_.schema.empty()) names_ = names_in(options_.schema, db);
        return names_;
    }

    /// The connection was lost, and everything that the session had.
    void forget() noexcept {
        lock.forget();
        settings.forget();
        written.reset();
        prepared.reset();
    }

    /// Once in a session of our own, under the lock.
    void prepare() {
        if (prepared) return;
        const auto answer = db.run(text_to_prepare_session(db.server_version()));
        prepared = prepared_session{db.quoted(text_in(answer, 0, 0)), db.quoted(text_in(answer, 0, 1))};
    }

    void check_schema() const {
        if (options_.schema.empty() || options_.schema.size() > longest_name)
            throw error({.code = error_code::invalid_argument,
                         .message = filled("the schema of the ledger, '{}', has {} bytes",
                                           {options_.schema, options_.schema.size()}),
                         .hint = "a name in PostgreSQL has 1 to 63 bytes"});
    }

    connection db;
    session_lock lock;
    session_settings settings;
    blocks use_blocks = blocks::use;
    std::optional<prepared_session> prepared;
    std::optional<std::int64_t> written;  // the newest id, if this session wrote it since it has the lock

private:
    static constexpr std::size_t longest_name = 63;

    // By the simple protocol: with bound parameters the two times always differ.
    pqxx::result probe() {
        try {
            return db.run(
                "SELECT pg_catalog.transaction_timestamp() <> pg_catalog.statement_timestamp(), "
                "pg_catalog.current_setting('client_encoding')");
        } catch (const server_error& refused) {
            if (refused.sqlstate() == "25P02") throw transaction_open_error();
            throw;
        }
    }

    postgresql_options options_;
    ledger_names names_;
    std::string encoding_;
};

namespace {

constexpr std::string_view undefined_table = "42P01";
constexpr std::string_view undefined_schema = "3F000";

bool says_no_ledger(const server_error& refused) {
    return refused.sqlstate() == undefined_table || refused.sqlstate() == undefined_schema;
}

bool contains_running(const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(), [](const action& each) {
        const auto is_running = [](const auto& row) {
            return row.state == entry_state::running || row.state == entry_state::reverting;
        };
        return std::any_of(each.change.inserts.begin(), each.change.inserts.end(), is_running) ||
               std::any_of(each.change.updates.begin(), each.change.updates.end(), is_running);
    });
}

error needs_session_error(const std::string& file) {
    return error({.code = error_code::needs_session,
                  .message = "a script without a transaction cannot be run through a transaction pooler: its session, "
                             "and the lock with it, changes between two statements",
                  .hint = "connect to the server itself for migrating",
                  .file = file});
}

error in_doubt_error_for(const batch& what, const std::string& location) {
    const std::string file = what.actions.empty() ? "" : what.actions.back().script.file;
    return error({.code = error_code::in_doubt,
                  .message = filled("the connection to {} was lost before the database answered: whether this was "
                                    "committed is not known",
                                    {location}),
                  .hint = "start again: the next start reads in the ledger what was done and goes on from there",
                  .file = file});
}

// Between begin_use and end_use.
template <typename Session>
class use_of {
public:
    explicit use_of(Session& used) : used_(used) { used_.begin_use(); }
    use_of(const use_of&) = delete;
    use_of& operator=(const use_of&) = delete;
    ~use_of() { used_.end_use(); }

private:
    Session& used_;
};

// Call inside a catch block: nothing of libpqxx or of this folder leaves the engine.
template <typename Session>
[[noreturn]] void throw_translated(Session& session, std::string_view meanwhile) {
    try {
        throw;
    } catch (const server_error& refused) {
        throw ledger_error(refused, session.names(), session.db.user());
    } catch (const connection_lost&) {
        session.forget();
        throw connection_lost_error(session.db.location(), meanwhile);
    }
}

template <typename Session, typename Operation>
auto translated(Session& session, std::string_view meanwhile, Operation operation) -> decltype(operation()) {
    try {
        const use_of used(session);
        return operation();
    } catch (...) {
        throw_translated(session, meanwhile);
    }
}

// Reads, or gives what is there if there is no ledger: nothing.
template <typename Session, typename Operation>
auto read_if_there(Session& session, Operation operation) -> decltype(operation()) {
    return translated(session, "while the ledger was read", [&]() -> decltype(operation()) {
        try {
            return operation();
        } catch (const server_error& refused) {
            if (says_no_ledger(refused)) return {};
            throw;
        }
    });
}

// The newest id, once a batch is committed; empty if the ledger was not there before.
std::optional<std::int64_t> newest_after(const batch& what) {
    std::optional<std::int64_t> newest = what.expected_revision;
    for (const action& each : what.actions)
        if (!each.change.inserts.empty()) newest = each.change.inserts.back().id;
    return newest;
}

template <typename Session>
outcome perform_batch(Session& used, const batch& what, progress& told) {
    performance run = make_performance(used.db, used.names(), what, told);
    const auto written = std::exchange(used.written, std::nullopt);
    if (written && written == what.expected_revision) run.asked = guard::nothing_new;
    if (used.prepared) run.own = &*used.prepared;
    run.first = used.settings.text_for_transaction(used.db);
    if (used.use_blocks == blocks::use && fits_in_one_string(what)) {
        try {
            return perform_in_one_string(run);
        } catch (const no_block_language&) {
            used.use_blocks = blocks::avoid;
        }
    }
    return perform_in_several_strings(run, used.use_blocks);
}

template <typename Session>
outcome perform_or_resolve(Session& used, const batch& what, progress& told) {
    const lost_session if_lost{.process = used.db.told_process(),
                               .had_lock = used.lock.now() == session_lock::state::held};
    try {
        return perform_batch(used, what, told);
    } catch (const connection_lost&) {
        used.forget();
        const resolution found = resolve(used.db, used.names(), what, if_lost);
        if (found == resolution::kept) return outcome::done;
        if (found == resolution::unknown) throw in_doubt_error_for(what, used.db.location());
        throw connection_lost_error(used.db.location(), "while a migration was performed; nothing of it was kept");
    }
}

}  // namespace

postgresql_engine::postgresql_engine(const std::string& uri, postgresql_options options)
    : session_(std::make_unique<session>(uri, std::move(options))) {}

postgresql_engine::postgresql_engine(pqxx::connection& borrowed, postgresql_options options)
    : session_(std::make_unique<session>(borrowed, std::move(options))) {}

postgresql_engine::~postgresql_engine() { unlock(); }

engine_kind postgresql_engine::kind() const noexcept { return engine_kind::postgresql; }

std::string postgresql_engine::location() const { return session_->db.location(); }

lock_scope postgresql_engine::scope() const noexcept {
    return session_->lock.now() == session_lock::state::pooled ? lock_scope::transaction : lock_scope::run;
}

const history& postgresql_engine::ledger_history() const noexcept { return varve_ledger_postgresql::history; }

bool postgresql_engine::is_current(std::span<const expected_marks> expected) {
    session& used = *session_;
    return read_if_there(
        used, [&] { return agrees(used.db.run(text_to_read_marks(expected, used.names(), used.db)), expected); });
}

ledger_snapshot postgresql_engine::read(rows which) {
    session& used = *session_;
    return read_if_there(used, [&] { return snapshot_from(used.db.run(text_to_read(which, used.names()))); });
}

std::vector<stored_statement> postgresql_engine::read_statements(std::int64_t ledger_id, direction which) {
    session& used = *session_;
    return read_if_there(
        used, [&] { return statements_from(used.db.run(text_to_read_statements(ledger_id, which, used.names()))); });
}

bool postgresql_engine::try_lock() {
    session& used = *session_;
    if (!used.db.is_open()) used.forget();
    return translated(used, "while the lock was taken", [&] {
        if (!used.lock.try_take(used.db, used.names())) return false;
        if (used.lock.now() == session_lock::state::held && !used.db.is_borrowed()) used.prepare();
        return true;
    });
}

void postgresql_engine::unlock() noexcept {
    if (session_->lock.now() == session_lock::state::none) return;
    session_->settings.put_back(session_->db);
    session_->written.reset();
    session_->lock.release(session_->db, session_->names());
    session_->end_use();
}

std::string postgresql_engine::lock_holder() {
    session& used = *session_;
    return translated(used, "while it was asked who holds the lock",
                      [&] { return holder_of_lock(used.db, used.names()); });
}

outcome postgresql_engine::perform(const batch& what, progress& told) {
    session& used = *session_;
    if (what.actions.empty()) return outcome::done;
    if (used.lock.now() == session_lock::state::pooled && contains_running(what))
        throw needs_session_error(what.actions.front().script.file);
    return translated(used, "while the ledger was changed", [&] {
        if (!contains_running(what)) used.settings.put_back(used.db);  // a script without a transaction is over
        const outcome result = perform_or_resolve(used, what, told);
        if (result == outcome::done && used.lock.now() == session_lock::state::held) used.written = newest_after(what);
        return result;
    });
}

void postgresql_engine::execute_alone(const runnable& script, std::size_t statement) {
    session& used = *session_;
    if (used.lock.now() == session_lock::state::pooled) throw needs_session_error(script.file);
    const std::string meanwhile =
        filled("while {} was performed; whether its statement took effect is not known", {script.file});
    translated(used, meanwhile, [&] {
        used.settings.note(used.db);
        try {
            used.db.run_watched(text_of(script.statements[statement], used.names()));
        } catch (const server_error& refused) {
            throw statement_error(refused, script, statement, sent::alone);
        }
    });
}

// Through a pooler the process is an invention: it might be somebody else's.
void postgresql_engine::tell_progress_to(const progress_listener& listener) {
    const bool is_known = session_->lock.now() == session_lock::state::held;
    session_->db.tell_progress_to(is_known ? listener : progress_listener());
}

}  // namespace varve
