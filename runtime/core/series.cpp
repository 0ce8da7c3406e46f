#include "series.hpp"

#include "actions.hpp"
#include "done_text.hpp"
#include "failure.hpp"
#include "listening.hpp"

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
            newest += static_cast<std::int64_t>(its.size());
        }
        std::optional<std::int64_t> expected = of.revision;
        for (const part& each : parts_) {
            batches_.push_back({.expected_revision = expected, .actions = each.actions});
            expected = expected.value_or(0) + static_cast<std::int64_t>(each.steps.size());
        }
    }

    progress& begin(std::size_t batch) override {
        const part& next = parts_[batch];
        return now_.emplace(run_.told, next.steps, next.actions);
    }

    void committed(std::size_t batch) override {
        const part& at = parts_[batch];
        if (!now_) (void)begin(batch);
        run_.revision = run_.revision.value_or(0) + static_cast<std::int64_t>(at.steps.size());
        ++committed_;
        now_->all_committed();
        now_.reset();
        for (step& each : at.steps) done_.push_back(std::move(each));
        run_.waiting.start_over();
    }

    [[nodiscard]] std::span<const batch> batches() const { return batches_; }
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
};

// What the engine could not tell is asked of the ledger, transaction by transaction.
outcome after_failure(run& of, series& all, const error& failure) {
    while (!all.is_over()) {
        const fate found = fate_of(of, failure, all.actions_of(all.next()));
        if (found == fate::moved) return outcome::moved;
        if (found != fate::kept) {
            error_details details = failure.details();
            if (found == fate::nothing) details.undone = undone_text(all.steps_of(all.next()));
            fail(of, of.told, error(std::move(details)), all.current(), found);
        }
        all.committed(all.next());
    }
    return outcome::done;
}

}  // namespace

bool sends_together(const engine& database, sending how) {
    if (how == sending::automatic) return database.round_trip() > far_away;
    return how == sending::together;
}

performed perform_series(run& of, std::span<step> steps, std::span<const step_range> ranges, std::vector<step>& done) {
    series all(of, steps, ranges, done);
    outcome how = outcome::done;
    progress_listener hears;
    if (of.told.is_heard()) hears = [&of](const auto& now) { of.told.tell_progress(now, nullptr, {}, {}); };
    try {
        const listening heard(of.database, hears);
        how = of.database.perform_series(all.batches(), all);
    } catch (const error& failure) {
        if (of.told.threw()) throw;
        how = after_failure(of, all, failure);
    }
    if (how == outcome::done) return performed::all;
    return after_refusal(of, of.told, how, all.steps_of(all.next()).front());
}

}  // namespace varve::core
