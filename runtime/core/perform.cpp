#include "perform.hpp"

#include "actions.hpp"
#include "done_text.hpp"
#include "listening.hpp"
#include "stepwise.hpp"

#include <utility>

namespace varve::core {
namespace {

std::int64_t newest_of(const run& of) { return of.revision.value_or(0); }

performed after_refusal(run& of, watcher& told, outcome how, const step& first) {
    if (how == outcome::locked) {
        of.waiting.wait();
    } else {
        of.waiting.plan_again();
    }
    const auto why = how == outcome::locked ? "another process is writing" : "another process changed the ledger";
    told.tell_step(event_kind::retried, first, why);
    return performed::plan_again;
}

[[noreturn]] void fail(run& of, watcher& told, const error& failure, const step* at, fate found) {
    const error complete = completed(of, failure, at, found);
    if (at != nullptr) told.tell_step(event_kind::failed, *at, complete.what());
    throw complete;
}

outcome perform_batch(run& of, watcher& told, std::span<const step> steps, std::span<const action> actions,
                      batch_progress& progress) {
    try {
        progress_listener hears;
        if (told.is_heard()) hears = [&progress](const statement_progress& now) { progress.goes_on(now); };
        const listening heard(of.database, hears);
        return of.database.perform({.expected_revision = of.revision, .actions = actions}, progress);
    } catch (const error& failure) {
        if (told.threw()) throw;
        const fate found = fate_of(of, failure, actions);
        if (found == fate::kept) return outcome::done;
        if (found == fate::moved) return outcome::moved;
        error_details details = failure.details();
        if (found == fate::nothing) details.undone = undone_text(steps);
        fail(of, told, error(std::move(details)), progress.current(), found);
    }
}

performed perform_together(run& of, watcher& told, std::span<const step> steps) {
    const auto actions = actions_for(steps, of.ledger, newest_of(of), of.who);
    batch_progress progress(told, steps, actions);
    const outcome how = perform_batch(of, told, steps, actions, progress);
    if (how != outcome::done) return after_refusal(of, told, how, steps.front());
    of.revision = newest_of(of) + static_cast<std::int64_t>(steps.size());
    progress.all_committed();
    return performed::all;
}

performed perform_all(run& of, watcher& told, std::vector<step>& steps, grouping wanted, std::vector<step>& done) {
    for (const step_range& range : cut(steps, wanted, of.database.kind())) {
        const auto part = std::span(steps).subspan(range.first, range.last - range.first);
        const auto result = range.how == step_range::way::stepwise ? perform_stepwise(of, part.front())
                                                                   : perform_together(of, told, part);
        if (result == performed::plan_again) return result;
        for (step& each : part) done.push_back(std::move(each));
        of.waiting.start_over();
    }
    return performed::all;
}

}  // namespace

performed perform(run& of, std::vector<step> steps, grouping wanted) {
    return perform_all(of, of.told, steps, wanted, of.done);
}

performed perform_silently(run& of, std::vector<step> steps) {
    watcher nobody(nullptr);
    std::vector<step> uncounted;
    return perform_all(of, nobody, steps, grouping::all, uncounted);
}

}  // namespace varve::core
