#include "in_doubt.hpp"

#include "answer.hpp"
#include "filled_text.hpp"
#include "ledger_rows.hpp"
#include "session_lock.hpp"
#include "transaction_text.hpp"

#include <varve/error.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace varve::postgresql {
namespace {

using clock = std::chrono::steady_clock;

// A server that crashed is back after seconds; a lost session ends with its statement, or as soon as the server
// notices that its client is gone.
constexpr std::chrono::seconds longest_reconnect{10};
constexpr std::chrono::seconds longest_wait{60};

// Calls `attempt` again and again, less and less often, until it gives something, the time is over, or
// it is to stop.
template <typename Attempt>
auto poll(connection& db, std::chrono::seconds longest, Attempt attempt) -> decltype(attempt()) {
    const auto end = clock::now() + longest;
    for (std::chrono::milliseconds nap{10};; nap = std::min(nap * 2, std::chrono::milliseconds{500})) {
        if (auto result = attempt()) return result;
        if (clock::now() + nap > end || !db.stop().nap(nap)) return {};
    }
}

std::string presence_of(const batch& what, const ledger_names& names, connection& db) {
    std::string presence;
    for (const action& each : what.actions)
        if (auto one = text_of_presence(each.change, names, db); !one.empty()) presence = std::move(one);
    return presence;
}

// The lost session holds the lock until its transaction ends, but it may not have begun it yet: what we sent may still
// lie in its socket. So it is over if its process is gone and we get the lock, or somebody else did. A pooler's process
// never goes; then the revision that guards every batch keeps a late one from doing anything.
std::optional<std::size_t> ask(connection& db, const ledger_names& names, const std::string& kept, lost_session lost) {
    std::string over = filled("pg_catalog.pg_try_advisory_xact_lock({})", {names.lock_key});
    if (lost.had_lock) core::append(over, {" OR ", text_of_lock_held_by_other_than(lost.process, names)});
    if (lost.process != 0) {
        over =
            filled("CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = {}) THEN false ELSE {} END",
                   {lost.process, over});
    }
    const auto ask_text = [](const std::string& text) { return core::joined({"SELECT ", text}); };
    db.run("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
    const bool is_over = is_true(db.run(ask_text(over)), 0, 0);
    std::optional<std::size_t> result;
    if (is_over) {
        const bool exists = !is_true(db.run(text_to_ask_what_exists(names)), 0, 0);
        result = exists ? static_cast<std::size_t>(number_in(db.run(ask_text(kept)), 0, 0)) : 0;
    }
    db.run("ROLLBACK");
    return result;
}

}  // namespace

// One after the other, so that the newest one that is there tells; what cannot be asked for is taken for missing.
std::string text_to_count_kept(std::span<const batch> batches, const ledger_names& names, connection& db) {
    std::string sql = "CASE";
    for (std::size_t count = batches.size(); count > 0; --count) {
        const std::string presence = presence_of(batches[count - 1], names, db);
        core::append(sql, {" WHEN ", presence.empty() ? "false" : presence, " THEN ", count});
    }
    return sql + " ELSE 0 END";
}

std::optional<std::size_t> count_kept(connection& db, const ledger_names& names, std::span<const batch> batches,
                                      lost_session lost) {
    if (!db.can_reconnect() || !poll(db, longest_reconnect, [&db] { return db.try_reconnect(); })) return std::nullopt;
    try {
        if (presence_of(batches.back(), names, db).empty()) return std::nullopt;
        const std::string kept = text_to_count_kept(batches, names, db);
        return poll(db, longest_wait, [&] { return ask(db, names, kept, lost); });
    } catch (const connection_lost&) {
        return std::nullopt;
    } catch (const server_error&) {
        return std::nullopt;
    } catch (const error&) {
        return std::nullopt;
    }
}

resolution resolve(connection& db, const ledger_names& names, const batch& what, lost_session lost) {
    const auto count = count_kept(db, names, std::span(&what, 1), lost);
    if (!count) return resolution::unknown;
    return *count == 1 ? resolution::kept : resolution::nothing_kept;
}

}  // namespace varve::postgresql
