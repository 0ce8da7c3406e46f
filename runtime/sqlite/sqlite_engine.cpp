#include <varve/sqlite.hpp>
#include <varve_ledger_sqlite.hpp>

#include "batch_performing.hpp"
#include "foreign_keys.hpp"
#include "ledger_reading.hpp"
#include "refusal.hpp"
#include "script_running.hpp"
#include "session.hpp"
#include "table_count.hpp"

#include "core/text.hpp"

#include <sqlite3.h>

namespace varve {
namespace {

using sqlite::connection;
using sqlite::refusal;

/// What SQLite said about the ledger or the database as a whole.
error about(const refusal& why, std::string_view attempt, const std::string& location) {
    error_details details{.code = sqlite::error_code_of(why.code())};
    details.message = core::joined({attempt, " '", location, "': ", why.message()});
    details.hint = sqlite::hint_for(why.code());
    details.sqlstate = sqlite::result_name(why.code());
    if (why.primary_code() == SQLITE_CONSTRAINT) {
        details.code = error_code::diverged;
        details.hint = "the ledger already has such a row: look at its log, then start again";
    } else if (details.code == error_code::statement_failed) {  // of no script: the ledger is not as varve made it
        details.code = error_code::database_unusable;
        details.hint = "the table varve_ledger is not as varve makes it; restore it from a backup";
    }
    return error(std::move(details));
}

/// A wait for a lock that was to end is over without it.
refusal as_interrupted(const refusal& why, const core::interruption& stop) {
    return why.is_busy() && stop.was_asked() ? refusal(SQLITE_INTERRUPT, "interrupted") : why;
}

/// Runs something; what SQLite refuses in it becomes an error that says what was attempted.
template <typename Session, typename Do>
auto attempt(std::string_view what, Session& session, Do something) {
    try {
        return something();
    } catch (const refusal& why) {
        throw about(as_interrupted(why, session.stop()), what, session.location());
    }
}

constexpr std::string_view reading = "cannot read the ledger in the database";
constexpr std::string_view writing = "cannot change the database";

/// A statement by itself is atomic: refused, it had no effect. Only a failing disk leaves that open.
error refused_alone(const runnable& script, std::size_t index, const refusal& why) {
    error_details details = sqlite::refused_at(script, index, why);
    const int code = why.primary_code();
    const bool unknown = code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    if (!unknown && details.code != error_code::cancelled) details.code = error_code::statement_failed;
    return error(std::move(details));
}

void require_transaction_ended(const connection& on, const runnable& script, std::size_t index) {
    if (!on.in_transaction()) return;
    sqlite3_exec(on.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw error(sqlite::refused_at(
        script, index, refusal(SQLITE_ERROR, "the statement leaves a transaction open; it was rolled back")));
}

}  // namespace

sqlite_engine::sqlite_engine(std::string file, sqlite_options options)
    : session_(std::make_unique<session>(std::move(file), std::move(options))) {}

sqlite_engine::sqlite_engine(sqlite3* borrowed, const sqlite_options& options)
    : session_(std::make_unique<session>(borrowed, options)) {}

sqlite_engine::~sqlite_engine() = default;

engine_kind sqlite_engine::kind() const noexcept { return engine_kind::sqlite; }

std::string sqlite_engine::location() const { return session_->location(); }

std::optional<database_overview> sqlite_engine::overview() {
    const connection* on = session_->for_reading();
    database_overview seen{.exists = on != nullptr, .server = core::joined({"SQLite ", sqlite3_libversion()})};
    if (on != nullptr) seen.tables = attempt(reading, *session_, [&] { return sqlite::count_tables(*on); });
    return seen;
}

bool sqlite_engine::is_current(std::span<const expected_marks> expected) {
    const connection* on = session_->for_reading();
    if (on == nullptr) return false;
    return attempt(reading, *session_, [&] { return sqlite::ledger_says(*on, expected); });
}

ledger_snapshot sqlite_engine::read(rows which) {
    const connection* on = session_->for_reading();
    if (on == nullptr) return {};
    return attempt(reading, *session_, [&] { return sqlite::read_ledger(*on, which); });
}

std::vector<stored_statement> sqlite_engine::read_statements(std::int64_t ledger_id, direction which) {
    const connection* on = session_->for_reading();
    if (on == nullptr) return {};
    return attempt(reading, *session_, [&] { return sqlite::read_stored_statements(*on, ledger_id, which); });
}

bool sqlite_engine::try_lock() { return true; }

void sqlite_engine::unlock() noexcept { session_->end_script(); }

lock_scope sqlite_engine::scope() const noexcept { return lock_scope::transaction; }

std::string sqlite_engine::lock_holder() { return {}; }

outcome sqlite_engine::perform(const batch& what, progress& told) {
    using missing = session::missing;
    // A plan made on a ledger is not for a database that is to be created.
    const connection* on = session_->for_writing(what.expected_revision ? missing::leave : missing::create);
    if (on == nullptr) return outcome::moved;
    const core::interruption::scope until_here(session_->stop());
    return attempt(writing, *session_, [&] { return sqlite::perform_batch(*on, what, told); });
}

void sqlite_engine::execute_alone(const runnable& script, std::size_t index) {
    const connection& on = *session_->for_writing(session::missing::create);
    const core::interruption::scope until_here(session_->stop());
    attempt(writing, *session_, [&] { session_->begin_script(on, script); });
    try {
        const sqlite::foreign_keys_guard enforcement(on, script.foreign_keys);
        sqlite::run_statement_patiently(on, script.statements[index]);
        require_transaction_ended(on, script, index);
    } catch (const refusal& why) {
        session_->end_script();
        throw refused_alone(script, index, as_interrupted(why, session_->stop()));
    }
    if (index + 1 == script.statements.size()) session_->end_script();
}

void sqlite_engine::interrupt() noexcept { session_->stop().ask(); }

const history& sqlite_engine::ledger_history() const noexcept { return varve_ledger_sqlite::history; }

}  // namespace varve
