#include "perform.hpp"

#include "actions.hpp"
#include "coded.hpp"
#include "done_text.hpp"
#include "failure.hpp"
#include "in_batches.hpp"
#include "listening.hpp"
#include "lock_retries.hpp"
#include "raise.hpp"
#include "series.hpp"
#include "stepwise.hpp"
#include "time_limits.hpp"

#include <algorithm>
#include <utility>

namespace varve::core {
namespace {

std::int64_t newest_of(const run& of) { return of.revision.value_or(0); }

outcome perform_watched(run& of, const watcher& told, std::span<const action> actions, batch_progress& progress) {
    progress_listener hears;
    if (told.is_heard()) hears = [&progress](const statement_progress& now) { progress.goes_on(now); };
    const listening heard(of.database, hears);
    const stopping::interruptible until_here(of.stop);
    return of.database.perform({.expected_revision = of.revision, .actions = actions}, progress);
}

/// Performs a batch; again if it met a locked table.
class batch_attempts {
public:
    batch_attempts(run& of, watcher& told, std::span<const step> steps, std::span<const action> actions,
                   batch_progress& progress)
        : run_(of), told_(told), steps_(steps), actions_(actions), progress_(progress), retries_(of, told) {}

    outcome perform() {
        for (;;) {
            if (const auto result = attempt()) return *result;
        }
    }

private:
    // Empty: to be tried again.
    std::optional<outcome> attempt() {
        try {
            return perform_watched(run_, told_, actions_, progress_);
        } catch (const error& failure) {
            if (told_.threw()) throw;
            const fate found = fate_of(run_, failure, actions_);
            if (found == fate::kept) return outcome::done;
            if (found == fate::moved) return outcome::moved;
            if (found == fate::nothing && again(failure)) return std::nullopt;
            give_up(retries_.last(failure), found);
        }
    }

    bool again(const error& failure) {
        const step& at = progress_.current() == nullptr ? steps_.front() : *progress_.current();
        try {
            return retries_.again(failure, at, actions_.front().script.limits);
        } catch (const error& stopped) {
            give_up(stopped, fate::nothing);
        }
    }

    [[noreturn]] void give_up(const error& failure, fate found) {
        error_details details = failure.details();
        if (found == fate::nothing) details.undone = undone_text(steps_);
        fail(run_, told_, error(std::move(details)), progress_.current(), found);
    }

    run& run_;
    watcher& told_;
    std::span<const step> steps_;
    std::span<const action> actions_;
    batch_progress& progress_;
    lock_retries retries_;
};

performed perform_together(run& of, watcher& told, std::span<const step> steps) {
    auto actions = actions_for(steps, of.ledger, newest_of(of), of.who);
    for (action& each : actions) each.script.limits = limits_for(each.script.limits, of.how);
    add_code(actions, steps, of, told);
    batch_progress progress(told, steps, actions);
    const outcome how = batch_attempts(of, told, steps, actions, progress).perform();
    if (how != outcome::done) return after_refusal(of, told, how, steps.front());
    of.revision = newest_of(of) + static_cast<std::int64_t>(steps.size());
    progress.all_committed();
    return performed::all;
}

performed perform_as(step_range::way how, run& of, watcher& told, std::span<step> part) {
    switch (how) {
        case step_range::way::stepwise:
            return perform_stepwise(of, part.front());
        case step_range::way::in_batches:
            return perform_in_batches(of, part.front());
        case step_range::way::transaction:
            break;
    }
    return perform_together(of, told, part);
}

performed perform_range(run& of, watcher& told, std::span<step> part, const step_range& range,
                        std::vector<step>& done) {
    const auto result = perform_as(range.how, of, told, part);
    if (result == performed::plan_again) return result;
    for (step& each : part) done.push_back(std::move(each));
    of.waiting.start_over();
    return result;
}

// The transactions that stand together at the front: they may be sent together.
std::size_t transactions_in_front(std::span<const step_range> ranges) {
    const auto end = std::find_if(ranges.begin(), ranges.end(),
                                  [](const step_range& each) { return each.how != step_range::way::transaction; });
    return static_cast<std::size_t>(end - ranges.begin());
}

// Asked before anything is done, not when it is its turn.
void require_session(run& of, std::span<const step> steps, std::span<const step_range> ranges) {
    if (of.database.can_execute_alone()) return;
    for (const step_range& each : ranges) {
        if (each.how == step_range::way::transaction) continue;
        const step& first = steps[each.first];
        throw completed(of, needs_session_error(script_of(first), static_cast<std::size_t>(first.resume_after)), &first,
                        fate::nothing);
    }
}

}  // namespace

performed perform(run& of, std::vector<step> steps, grouping wanted, sending how) {
    const auto ranges = cut(steps, wanted, of.database.kind());
    require_session(of, steps, ranges);
    const bool together = sends_together(of.database, how);
    for (std::size_t next = 0; next < ranges.size();) {
        const auto rest = std::span(ranges).subspan(next);
        const std::size_t count = together ? transactions_in_front(rest) : 0;
        const auto result =
            count > 1
                ? perform_series(of, steps, rest.first(count), of.done)
                : perform_range(of, of.told, std::span(steps).subspan(rest[0].first, rest[0].last - rest[0].first),
                                rest[0], of.done);
        if (result == performed::plan_again) return result;
        next += std::max<std::size_t>(count, 1);
    }
    return performed::all;
}

performed perform_silently(run& of, std::vector<step> steps) {
    watcher nobody(nullptr);
    std::vector<step> uncounted;
    for (const step_range& range : cut(steps, grouping::all, of.database.kind())) {
        const auto part = std::span(steps).subspan(range.first, range.last - range.first);
        if (perform_range(of, nobody, part, range, uncounted) == performed::plan_again) return performed::plan_again;
    }
    return performed::all;
}

}  // namespace varve::core
