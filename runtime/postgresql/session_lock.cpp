#include "session_lock.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

namespace varve::postgresql {

// A 64-bit key is stored as two halves.
std::string rows_of_lock(const ledger_names& names) {
    return filled(
        "pg_catalog.pg_locks AS l, (SELECT {} AS key) AS k WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid "
        "= 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) "
        "AND l.classid::int8 = ((k.key >> 32) & 4294967295) AND l.objid::int8 = (k.key & 4294967295)",
        {names.lock_key});
}

bool session_lock::try_take(connection& db, ledger_names& names) {
    if (state_ != state::none && db.is_open()) return true;
    const auto answer = db.run(
        filled("SELECT CASE WHEN pg_catalog.pg_backend_pid() = {} THEN pg_catalog.pg_try_advisory_lock(key) END, key "
               "FROM (SELECT {} AS key) AS k",
               {db.told_process(), names.lock_key}));
    names.lock_key = filled("'{}'::int8", {text_in(answer, 0, 1)});  // a bare -9223372036854775808 is no int8
    if (is_null(answer, 0, 0)) {
        state_ = state::pooled;
        return true;
    }
    if (!is_true(answer, 0, 0)) return false;
    state_ = state::held;
    return true;
}

void session_lock::release(connection& db, const ledger_names& names) noexcept {
    if (state_ == state::held) db.run_if_possible(filled("SELECT pg_catalog.pg_advisory_unlock({})", {names.lock_key}));
    state_ = state::none;
}

std::string text_of_lock_held_by_other_than(int process, const ledger_names& names) {
    return filled("EXISTS (SELECT FROM {} AND l.pid <> {})", {rows_of_lock(names), process});
}

}  // namespace varve::postgresql
