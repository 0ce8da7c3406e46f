#include "series_in_strings.hpp"

#include "error_mapping.hpp"
#include "in_doubt.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace varve::postgresql {
namespace {

// Under a lock of the session nobody else writes between two transactions of a string.
std::vector<performance> performances_of(engine_session& used, std::span<const batch> batches) {
    const bool has_lock = used.lock.now() == session_lock::state::held;
    std::vector<performance> runs;
    for (const batch& each : batches) {
        runs.push_back(used.performance_of(each, nullptr));
        if (has_lock && runs.size() > 1) runs.back().asked = guard::nothing_new;
    }
    return runs;
}

// In a pooler's session nobody knows when what was sent is over: a transaction of it may still follow.
error lost_error(engine_session& used, const batch& next, const lost_session& lost) {
    if (!lost.had_lock) return in_doubt_error_for(next, used.db.location());
    return connection_lost_error(used.db.location(), "while a migration was performed; nothing of it was kept");
}

/// How many were committed, and whether that was not answered but found out.
struct answer_to_string {
    std::size_t committed = 0;
    bool is_lost = false;
};

answer_to_string send_all(string_of_transactions& all, engine_session& used, std::span<const batch> batches,
                          const lost_session& if_lost) {
    try {
        return {.committed = all.run()};
    } catch (const connection_lost&) {
        used.forget();
        const auto committed = count_kept(used.db, used.names(), batches, if_lost);
        if (!committed) throw in_doubt_error_for(batches.front(), used.db.location());
        return {.committed = *committed, .is_lost = true};
    }
}

}  // namespace

outcome perform_in_a_string(engine_session& used, std::span<const batch> batches, series_progress& told) {
    const lost_session if_lost = used.if_lost();
    string_of_transactions all(batches, performances_of(used, batches));
    const auto [committed, is_lost] = send_all(all, used, batches, if_lost);
    for (std::size_t each = 0; each < committed; ++each) {
        all.tell_done(each, told.begin(each));
        told.committed(each);
    }
    if (committed == batches.size()) {
        if (!is_lost) used.note_written(batches.back());
        return outcome::done;
    }
    progress& next = told.begin(committed);
    if (is_lost) throw lost_error(used, batches[committed], if_lost);
    return all.outcome_of_refused(committed, next);
}

}  // namespace varve::postgresql
