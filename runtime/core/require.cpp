#include <varve/migrate.hpp>

#include "failure.hpp"
#include "naming.hpp"
#include "operation.hpp"
#include "pauses.hpp"
#include "raise.hpp"
#include "run.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace varve {
namespace {

using core::joined;

/// What a database lacks, as an error to be thrown if it lasts.
struct shortfall {
    error_details what;
    bool may_pass = false;  ///< somebody else's work can end it
};

error_details details_of(error_code code, std::string message, std::string hint) {
    return {.code = code, .message = std::move(message), .hint = std::move(hint)};
}

shortfall disagreement(const engine& database, plan&& made) {
    const auto is_at_work = [](const problem& each) { return each.kind == problem_kind::half_done; };
    shortfall result{
        .what = details_of(error_code::diverged, joined({database.location(), " is not what this program needs"}), ""),
        .may_pass = std::all_of(made.problems.begin(), made.problems.end(), is_at_work)};
    result.what.problems = std::move(made.problems);
    return result;
}

std::string pending_text(const engine& database, const ledger_snapshot& ledger, const std::vector<step>& pending) {
    if (!ledger.exists) return joined({database.location(), " has no ledger: nothing was ever migrated there"});
    if (pending.empty()) return joined({database.location(), " has the ledger of an older varve"});
    std::vector<std::string> labels;
    labels.reserve(pending.size());
    for (const step& each : pending) labels.push_back(joined({each.owner->name, " ", core::label(each)}));
    return joined({database.location(), " is behind this program: ", core::listing(labels),
                   pending.size() == 1 ? " is pending" : " are pending"});
}

std::optional<shortfall> shortfall_of(engine& database, const histories& all, newer_database when_newer) {
    if (core::is_current(database, all)) return std::nullopt;
    const auto ledger = core::read_ledger(database, all);
    plan made = make_plan(all, ledger, {.when_newer = when_newer});
    if (!made.ok()) return disagreement(database, std::move(made));
    if (made.steps.empty() && make_plan(database.ledger_history(), ledger).steps.empty()) return std::nullopt;
    return shortfall{.what = details_of(error_code::pending, pending_text(database, ledger, made.steps),
                                        "run the program or the job that migrates it, or wait for it: "
                                        "`require_options::wait`, `wait --current`"),
                     .may_pass = true};
}

// A server that starts together with us, or again: `wait` is for that, too.
std::optional<shortfall> shortfall_if_reached(engine& database, const histories& all, const require_options& how) {
    if (how.wait.count() == 0) return shortfall_of(database, all, how.when_newer);
    try {
        return shortfall_of(database, all, how.when_newer);
    } catch (const error& failure) {
        if (!core::may_still_come(failure)) throw;
        return shortfall{.what = failure.details(), .may_pass = true};
    }
}

void check(const require_options& how) {
    if (how.when_newer == newer_database::revert) {
        core::raise(error_code::invalid_argument, {"`require` writes nothing, so it cannot revert"},
                    "choose accept_compatible or refuse; `migrate` can revert");
    }
    if (how.wait.count() < 0) core::raise(error_code::invalid_argument, {"wait is negative"}, "0 does not wait at all");
}

}  // namespace

void require(engine& database, const histories& all, const require_options& how) {
    check(how);
    core::check_histories(database, all);
    core::watcher told(how.watch);
    core::pauses between(told, how.wait, how.stop);
    for (;;) {
        auto lacking = shortfall_if_reached(database, all, how);
        if (!lacking) return;
        if (!lacking->may_pass || between.are_over()) {
            if (lacking->may_pass && how.wait.count() > 0) {
                core::append(lacking->what.message, {"; waited ", how.wait.count(), " ms for it"});
            }
            throw error(std::move(lacking->what));
        }
        between.tell(lacking->what.message);
        between.sleep();
    }
}

}  // namespace varve
