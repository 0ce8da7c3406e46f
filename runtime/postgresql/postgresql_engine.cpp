#include <varve/postgresql.hpp>

#include "answer.hpp"
#include "engine_session.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"
#include "in_doubt.hpp"
#include "ledger_rows.hpp"
#include "lock_holder.hpp"
#include "lock_watch.hpp"
#include "overview.hpp"
#include "performing.hpp"
#include "series_in_strings.hpp"
#include "statement_effect.hpp"

#include "core/raise.hpp"

#include "core/concurrent.hpp"

#include <varve/error.hpp>

#include <varve_ledger_postgresql.hpp>

#include <algorithm>
#include <utility>

namespace varve {

using namespace postgresql;

class postgresql_engine::session : public engine_session {
public:
    using engine_session::engine_session;
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

// Between two statements of a script without a transaction: what it has set holds for the next one.
bool only_notes_progress(const batch& what) {
    return std::all_of(what.actions.begin(), what.actions.end(), [](const action& each) {
        const ledger_change& change = each.change;
        return !change.progress.empty() && change.inserts.empty() && change.updates.empty();
    });
}

// What is done CONCURRENTLY waits without keeping the application waiting, and a wait that ended leaves an INVALID
// index behind.
time_limits limits_alone(const runnable& script, std::size_t statement) {
    time_limits result = script.limits;
    if (!result.lock_limit_is_given && core::is_concurrent(script.statements[statement]))
        result.lock = std::chrono::milliseconds(0);
    return result;
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
        const bool may_be_about_role = refused.sqlstate() == "22023" || refused.sqlstate() == "42501";
        if (may_be_about_role) {
            if (auto problem = session.role.problem(session.db)) throw *std::move(problem);
        }
        throw ledger_error(refused, session.names(), session.acting());
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

// In the role, as a transaction of its own.
template <typename Session>
pqxx::result asked(Session& session, const std::string& sql) {
    return session.db.run(session.role.text_before(session.db) + sql);
}

template <typename Session>
outcome perform_batch(Session& used, const batch& what, progress& told) {
    performance run = used.performance_of(what, &told);
    if (used.use_blocks == blocks::use && fits_in_one_string(what, used.db.server_version())) {
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
    const lost_session if_lost = used.if_lost();
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

// Another try after a locked table is watched, so that the error can say whose locks they are. The first one is not:
// nearly always there is nothing to be seen.
template <typename Session, typename Operation>
auto naming_blockers(Session& session, Operation operation) -> decltype(operation()) {
    const bool watched = session.contended && session.lock.now() == session_lock::state::held;
    lock_watch watch(watched ? session.db.beside() : nullptr, watched ? session.db.told_process() : 0);
    session.contended = false;
    try {
        return operation();
    } catch (const error& failure) {
        session.contended = failure.code() == error_code::table_locked;
        const std::string blockers = session.contended ? watch.blockers() : "";
        if (blockers.empty()) throw;
        error_details details = failure.details();
        core::append(details.message, {"; blocked by ", blockers});
        throw error(std::move(details));
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

std::string postgresql_engine::role() const { return session_->role.name(); }

lock_scope postgresql_engine::scope() const noexcept {
    return session_->lock.now() == session_lock::state::pooled ? lock_scope::transaction : lock_scope::run;
}

bool postgresql_engine::can_execute_alone() const noexcept {
    return session_->lock.now() != session_lock::state::pooled;
}

const history& postgresql_engine::ledger_history() const noexcept { return varve_ledger_postgresql::history; }

void postgresql_engine::lend(std::string_view meanwhile, const borrower& to) {
    session& used = *session_;
    translated(used, meanwhile, [&] { to(used.db, used.schema_literal()); });
}

std::optional<database_overview> postgresql_engine::overview() {
    session& used = *session_;
    return translated(used, "while the tables were counted", [&] { return overview_of(used.db, used.names()); });
}

bool postgresql_engine::is_current(std::span<const expected_marks> expected) {
    session& used = *session_;
    return read_if_there(
        used, [&] { return agrees(asked(used, text_to_read_marks(expected, used.names(), used.db)), expected); });
}

ledger_snapshot postgresql_engine::read(rows which) {
    session& used = *session_;
    return read_if_there(used, [&] { return snapshot_from(asked(used, text_to_read(which, used.names()))); });
}

std::vector<stored_statement> postgresql_engine::read_statements(std::int64_t ledger_id, direction which) {
    session& used = *session_;
    return read_if_there(
        used, [&] { return statements_from(asked(used, text_to_read_statements(ledger_id, which, used.names()))); });
}

bool postgresql_engine::try_lock() {
    session& used = *session_;
    if (!used.db.is_open()) used.forget();
    return translated(used, "while the lock was taken", [&] {
        if (!used.lock.try_take(used.db, used.names())) return false;
        used.take_role();
        if (used.lock.now() == session_lock::state::held && !used.db.is_borrowed()) used.prepare();
        return true;
    });
}

void postgresql_engine::unlock() noexcept { session_->unlock(); }

std::string postgresql_engine::lock_holder() {
    session& used = *session_;
    return translated(used, "while it was asked who holds the lock",
                      [&] { return holder_of_lock(used.db, used.names(), used.role); });
}

outcome postgresql_engine::perform(const batch& what, progress& told) {
    session& used = *session_;
    if (what.actions.empty()) return outcome::done;
    const core::interruption::scope until_here(used.db.stop());
    if (used.lock.now() == session_lock::state::pooled && contains_running(what))
        throw core::needs_session_error(what.actions.front().script, 0);
    return naming_blockers(used, [&] {
        return translated(used, "while the ledger was changed", [&] {
            if (!contains_running(what) && !only_notes_progress(what))
                used.settings.put_back(used.db);  // a script without a transaction is over
            const outcome result = perform_or_resolve(used, what, told);
            if (result == outcome::done) used.note_written(what);
            return result;
        });
    });
}

outcome postgresql_engine::perform_series(std::span<const batch> batches, series_progress& whole) {
    session& used = *session_;
    for (std::size_t next = 0; next < batches.size();) {
        const auto rest = batches.subspan(next);
        const std::size_t count = used.use_blocks == blocks::use ? count_in_one_string(rest) : 1;
        part_of_series told(whole, next);
        const outcome how =
            count == 1 ? engine::perform_series(rest.first(1), told) : perform_string(rest.first(count), told);
        if (how != outcome::done) return how;
        next = told.next();
    }
    return outcome::done;
}

outcome postgresql_engine::perform_string(std::span<const batch> batches, series_progress& told) {
    session& used = *session_;
    const core::interruption::scope until_here(used.db.stop());
    return naming_blockers(used, [&] {
        return translated(used, "while the ledger was changed", [&] {
            used.settings.put_back(used.db);  // a script without a transaction is over
            try {
                return perform_in_a_string(used, batches, told);
            } catch (const no_block_language&) {
                used.use_blocks = blocks::avoid;
                return outcome::done;  // of the first ones, perhaps of none; the others follow one by one
            }
        });
    });
}

std::chrono::microseconds postgresql_engine::round_trip() const noexcept { return session_->db.shortest_answer(); }

found_effect postgresql_engine::look_for(const statement_probe& what) {
    session& used = *session_;
    return translated(used, "while it was looked what became of a statement", [&] { return effect_of(what, used.db); });
}

void postgresql_engine::execute_alone(const runnable& script, std::size_t statement) {
    session& used = *session_;
    if (used.lock.now() == session_lock::state::pooled) throw core::needs_session_error(script, statement);
    const core::interruption::scope until_here(used.db.stop());
    const std::string meanwhile =
        filled("while {} was performed; whether its statement took effect is not known", {script.file});
    naming_blockers(used, [&] {
        translated(used, meanwhile, [&] {
            used.settings.note(used.db);
            used.settings.limit(used.db, limits_alone(script, statement));
            try {
                used.db.run_watched(text_of(script.statements[statement], used.names()));
            } catch (const server_error& refused) {
                throw statement_error(refused, script, statement, sent::alone);
            }
        });
    });
}

// Through a pooler the process is an invention: it might be somebody else's.
void postgresql_engine::tell_progress_to(const progress_listener& listener) {
    const bool is_known = session_->lock.now() == session_lock::state::held;
    session_->db.tell_progress_to(is_known ? listener : progress_listener());
}

void postgresql_engine::interrupt() noexcept { session_->db.stop().ask(); }

}  // namespace varve
