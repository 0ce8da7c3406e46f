#include "session_lock.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

#include <array>

namespace varve::postgresql {
namespace {

// The rows of pg_locks that are our lock: a 64-bit key is stored as two halves.
std::string rows_of_lock(const ledger_names& names) {
    return filled(
        "pg_catalog.pg_locks AS l, (SELECT {} AS key) AS k WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid "
        "= 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) "
        "AND l.classid::int8 = ((k.key >> 32) & 4294967295) AND l.objid::int8 = (k.key & 4294967295)",
        {names.lock_key});
}

}  // namespace

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

std::string holder_of_lock(connection& db, const ledger_names& names) {
    const auto rows = db.run(filled(
        "SELECT l.pid, a.usename, a.application_name, pg_catalog.host(a.client_addr), "
        "pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), a.state FROM "
        "(SELECT l.pid FROM {} AND l.pid <> pg_catalog.pg_backend_pid()) AS l LEFT JOIN pg_catalog.pg_stat_activity AS "
        "a ON a.pid = l.pid",
        {rows_of_lock(names)}));
    if (rows.empty()) return {};
    constexpr std::array before{"server process ", ", user ", ", application ", ", from ", ", connected since ", ", "};
    std::string holder;
    for (std::size_t each = 0; each < before.size(); ++each) {
        const std::string_view value = text_in(rows, 0, each);
        if (!value.empty()) core::append(holder, {before[each], value});
    }
    return holder;
}

std::string text_of_lock_held_by_other_than(int process, const ledger_names& names) {
    return filled("EXISTS (SELECT FROM {} AND l.pid <> {})", {rows_of_lock(names), process});
}

}  // namespace varve::postgresql
