#include "lock_holder.hpp"

#include "answer.hpp"
#include "filled_text.hpp"
#include "session_lock.hpp"
#include "shown_work.hpp"

#include <array>

namespace varve::postgresql {
namespace {

constexpr int most_of_a_query = 1000;

std::string in_utc(std::string_view time) {
    return filled("pg_catalog.to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')", {time});
}

// A session between two strings still has the last one as its query.
std::string text_to_ask_for_holder(const ledger_names& names) {
    return filled(
        "SELECT l.pid, a.usename, a.application_name, pg_catalog.host(a.client_addr), {}, a.state, "
        "CASE WHEN a.state <> 'idle' THEN pg_catalog.left(a.query, {}) END, CASE WHEN a.state <> 'idle' THEN {} END "
        "FROM "
        "(SELECT l.pid FROM {} AND l.pid <> pg_catalog.pg_backend_pid()) AS l LEFT JOIN pg_catalog.pg_stat_activity AS "
        "a ON a.pid = l.pid",
        {in_utc("a.backend_start"), most_of_a_query, in_utc("a.query_start"), rows_of_lock(names)});
}

// The statement that is begun, or the next one: what is before it is done.
std::string text_to_ask_for_unfinished(const ledger_names& names) {
    return filled(
        "SELECT history, version, name, (SELECT pg_catalog.min(position) FROM {} WHERE ledger_id = id AND position > 0 "
        "AND direction = CASE l.state WHEN 'running' THEN 'up' ELSE 'down' END AND s.state <> 'done'), "
        "statements_total FROM {} AS l WHERE slot IS NOT NULL AND l.state IN ('running', 'reverting') "
        "ORDER BY id DESC LIMIT 1",
        {names.statements + " AS s", names.ledger});
}

// A script without a transaction shows nothing of itself; but it notes in the ledger what it begins.
std::string unfinished_work(connection& db, const ledger_names& names, const acting_role& role) {
    try {
        const auto rows = db.run(role.text_before(db) + text_to_ask_for_unfinished(names));
        if (rows.empty()) return {};
        return filled(
            "migration {} {} {}, statement {} of {}",
            {text_in(rows, 0, 0), text_in(rows, 0, 1), text_in(rows, 0, 2), text_in(rows, 0, 3), text_in(rows, 0, 4)});
    } catch (const server_error&) {
        return {};  // there is no ledger yet, or it may not be read
    }
}

}  // namespace

std::string holder_of_lock(connection& db, const ledger_names& names, const acting_role& role) {
    const auto rows = db.run(text_to_ask_for_holder(names));
    if (rows.empty()) return {};
    const shown_name name = read_shown_name(text_in(rows, 0, 2));
    std::string work = shown_work(text_in(rows, 0, 6), name);
    if (work.empty()) work = unfinished_work(db, names, role);
    const std::array<std::string_view, 8> values{text_in(rows, 0, 0),
                                                 text_in(rows, 0, 1),
                                                 name.application,
                                                 text_in(rows, 0, 3),
                                                 text_in(rows, 0, 4),
                                                 text_in(rows, 0, 5),
                                                 work,
                                                 text_in(rows, 0, 7)};
    constexpr std::array before{
        "server process ", ", user ", ", application ", ", from ", ", connected since ", ", ", ", ", ", since "};
    std::string holder;
    for (std::size_t each = 0; each < values.size(); ++each)
        if (!values[each].empty()) core::append(holder, {before[each], values[each]});
    return holder;
}

}  // namespace varve::postgresql
