#include <varve/drift.hpp>

#include "compare.hpp"
#include "naming.hpp"
#include "operation.hpp"
#include "run.hpp"
#include "scratch_replay.hpp"

#include <varve/error.hpp>

#include <algorithm>

namespace varve {
namespace {

constexpr std::string_view what_to_do = "`status` says more; drift is found by the program that is deployed";

// What was applied cannot be run again where this program has it not, or has something else in its place.
std::vector<problem> obstacles(const std::vector<core::compared_history>& compared) {
    std::vector<problem> result;
    for (const auto& each : compared) {
        for (const ledger_entry* row : each.unknown) {
            result.push_back(core::problem_with(
                problem_kind::missing, *row, {core::label(*row), " is applied, and this program does not contain it"},
                {what_to_do}));
        }
        for (const auto& known : each.migrations) {
            const bool unfinished = known.is == core::standing::unfinished;
            if (!unfinished && known.is != core::standing::edited) continue;
            result.push_back(core::problem_with(unfinished ? problem_kind::half_done : problem_kind::edited,
                                                known.embedded,
                                                {core::label(known.embedded), unfinished ? " stopped in the middle"
                                                                                         : " was edited after it was "
                                                                                           "applied"},
                                                {what_to_do}));
        }
    }
    return result;
}

void refuse_if_any(std::vector<problem> found) {
    if (found.empty()) return;
    error_details details;
    details.code = error_code::diverged;
    details.message = "what was applied to this database cannot be run again to compare with";
    details.problems = std::move(found);
    throw error(std::move(details));
}

void note_other_histories(drift_report& into, const histories& all, const ledger_snapshot& ledger) {
    std::vector<std::string> others;
    for (const ledger_entry& row : ledger.entries) {
        const auto is_its_own = [&](const history* each) { return each->name == row.history; };
        if (!core::is_active_migration(row) || row.history.starts_with("varve")) continue;
        if (std::any_of(all.all().begin(), all.all().end(), is_its_own)) continue;
        if (std::find(others.begin(), others.end(), row.history) == others.end()) others.push_back(row.history);
    }
    if (others.empty()) return;
    into.notes.push_back(core::joined({"this program does not contain the history ", core::listing(others),
                                       ", which is in the ledger too: what it made is reported as unexpected"}));
}

}  // namespace

drift_report drift(engine& database, const histories& all, schema_inspector& by, const std::string& scratch_server) {
    core::check_histories(database, all);
    const ledger_snapshot ledger = core::read_ledger(database, all);
    const auto compared = core::compare(all, ledger);
    refuse_if_any(obstacles(compared));
    drift_report result;
    if (!ledger.exists) result.notes.emplace_back("there is no ledger: nothing was applied by varve");
    note_other_histories(result, all, ledger);
    for (const auto& each : compared)
        for (const auto& known : each.migrations) result.migrations += known.row != nullptr ? 1U : 0U;
    const catalog present = by.read_catalog();
    const auto scratch = by.make_scratch(scratch_server);
    core::replay_applied(scratch->database(), all, ledger);
    result.differences = compare(scratch->read_catalog(), present);
    return result;
}

}  // namespace varve
