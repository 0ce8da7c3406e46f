#include "series.hpp"

#include "actions.hpp"
#include "coded.hpp"
#include "done_text.hpp"
#include "failure.hpp"
#include "listening.hpp"
#include "lock_retries.hpp"
#include "time_limits.hpp"

#include <optional>
#include <utility>

namespace varve::core {
namespace {

using namespace std::chrono_literals;

// From here on what an observer is told too late is less than what is waited for.
constexpr auto far_away = 5ms;

/// The transactions of a series as an engine wants them, and what became of them.
class series final : public series_progress {
public:
    series(run& of, std::span<step> steps, std::span<const step_range> ranges, std::vector<step>& done)
        : run_(of), done_(done) {
        std::int64_t newest = of.revision.value_or(0);
        for (const step_range& range : ranges) {
            const auto its = steps.subspan(range.first, range.last - range.first);
            parts_.push_back({.steps = its, .actions = actions_for(its, of.ledger, newest, of.who)});
            for (action& each : parts_.back().actions) each.script.limits = limits_for(each.script.limits, of.how);
            add_code(parts_.back().actions, its, of, of.told);
            newest += static_cast<std::int64_t>(its.size());
        }
        std::optional<std::int64_t> expected = of.revision;
        for (const part& each : parts_) {
            batches_.push_back({.expected_revision = expected, .actions = each.actions});
            expected = expected.value_or(0) + static_cast<std::int64_t>(each.steps.size());
        }
    }

    progress& begin(std::size_t batch) override {
        const part& next = parts_[first_ + batch];
        return now_.emplace(run_.told, next.steps, next.actions);
    }

    void committed(std::size_t batch) override {
        const part& at = parts_[first_ + batch];
        if (!now_) (void)begin(batch);
        run_.revision = run_.revision.value_or(0) + static_cast<std::int64_t>(at.steps.size());
        ++committed_;
        now_->all_committed();
        now_.reset();
        for (step& each : at.steps) done_.push_back(std::move(each));
        run_.waiting.start_over();
    }

    /// Only what is still to be performed is left: some of it is committed, and the next one failed.
    void go_on() {
        first_ = committed_;
        now_.reset();
    }
    /// The next one is committed after all.
    void next_committed() { committed(committed_ - first_); }

    [[nodiscard]] std::span<const batch> batches() const { return std::span(batches_).subspan(first_); }
    [[nodiscard]] bool is_over() const { return committed_ == parts_.size(); }
    /// The first one that is not committed.
    [[nodiscard]] std::size_t next() const { return committed_; }
    [[nodiscard]] std::span<const step> steps_of(std::size_t batch) const { return parts_[batch].steps; }
    [[nodiscard]] std::span<const action> actions_of(std::size_t batch) const { return parts_[batch].actions; }
    /// The step in which something failed; null if none was begun.
    [[nodiscard]] const step* current() const { return now_ ? now_->current() : nullptr; }

private:
    struct part {
        std::span<step> steps;
        std::vector<action> actions;
    };

    run& run_;
    std::vector<step>& done_;
    std::vector<part> parts_;
    std::vector<batch> batches_;
    std::optional<batch_progress> now_;
    std::size_t committed_ = 0;
    std::size_t first_ = 0;  // what the engine counts from
};

[[noreturn]] void give_up(run& of, const series& all, const error& failure, fate found) {
    error_details details = failure.details();
    if (found == fate::nothing) details.undone = undone_text(all.steps_of(all.next()));
    fail(of, of.told, error(std::move(details)), all.current(), found);
}

bool again(run& of, const series& all, lock_retries& retries, const error& failure) {
    const step& at = all.current() == nullptr ? all.steps_of(all.next()).front() : *all.current();
    try {
        return retries.again(failure, at, all.actions_of(all.next()).front().script.limits);
    } catch (const error& stopped) {
        give_up(of, all, stopped, fate::nothing);
    }
}

// What the engine could not tell is asked of the ledger, transaction by transaction. Empty: to be tried again.
std::optional<outcome> after_failure(run& of, series& all, lock_retries& retries, const error& failure) {
    while (!all.is_over()) {
        const fate found = fate_of(of, failure, all.actions_of(all.next()));
        if (found == fate::moved) return outcome::moved;
        if (found != fate::kept) {
            if (found == fate::nothing && again(of, all, retries, failure)) return std::nullopt;
            give_up(of, all, retries.last(failure), found);
        }
        all.next_committed();
    }
    return outcome::done;
}

std::optional<outcome> attempt(run& of, series& all, lock_retries& retries) {
    all.go_on();
    progress_listener hears;
    if (of.told.is_heard()) hears = [&of](const auto& now) { of.told.tell_progress(now, nullptr, {}, {}); };
    try {
        const listening heard(of.database, hears);
        const stopping::interruptible until_here(of.stop);
        return of.database.perform_series(all.batches(), all);
    } catch (const error& failure) {
        if (of.told.threw()) throw;
        return after_failure(of, all, retries, failure);
    }
}

}  // namespace

bool sends_together(const engine& database, sending how) {
    if (how == sending::automatic) return database.round_trip() > far_away;
    return how == sending::together;
}

performed perform_series(run& of, std::span<step> steps, std::span<const step_range> ranges, std::vector<step>& done) {
    series all(of, steps, ranges, done);
    lock_retries retries(of, of.told);
    std::optional<outcome> how;
    while (!how) how = attempt(of, all, retries);
    if (*how == outcome::done) return performed::all;
    return after_refusal(of, of.told, *how, all.steps_of(all.next()).front());
}

}  // namespace varve::core
