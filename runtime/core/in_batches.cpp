#include "in_batches.hpp"

#include "actions.hpp"
#include "batch_position.hpp"
#include "coded.hpp"
#include "failure.hpp"
#include "listening.hpp"
#include "lock_retries.hpp"
#include "naming.hpp"
#include "progress_notes.hpp"
#include "time_limits.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace varve::core {
namespace {

error never_ends(const std::string& position, const runnable& script) {
    error_details details{.code = error_code::code_failed};
    details.message =
        joined({"the migration says to go on after '", position, "', as it did before: it would not end"});
    details.hint = "give `go_on_after` the key of the last row that the batch did";
    details.file = script.file;
    return error(std::move(details));
}

class batched_run {
public:
    batched_run(run& of, const step& what)
        : run_(of), step_(what), script_(script_of(what)), notes_(of, direction::up) {
        script_.limits = limits_for(script_.limits, of.how);
    }

    performed perform() {
        begin_ = std::chrono::steady_clock::now();
        try {
            if (!open_row()) return performed::plan_again;
            run_.told.tell_step(event_kind::started, step_, step_.note);
            for (bool more = true; more;) {
                const outcome how = perform_batch();
                if (how != outcome::done) return after_refusal(run_, run_.told, how, step_);
                run_.waiting.start_over();
                more = next_.has_value();
                if (more) run_.stop.check();
            }
        } catch (const error& failure) {
            if (run_.told.threw()) throw;
            give_up(failure);
        }
        run_.told.tell_step(event_kind::committed, step_, step_.note, since(begin_));
        return performed::all;
    }

private:
    // False: a new plan has to be made.
    bool open_row() {
        if (const ledger_entry* row = row_with(run_.ledger, step_.ledger_id)) {
            row_ = *row;
            return true;
        }
        row_ = row_for(*step_.embedded, entry_kind::migration, run_.revision.value_or(0) + 1, run_.who);
        row_.state = entry_state::running;
        row_.mark = -1;
        ledger_change change;
        change.inserts.push_back(row_);
        return notes_.record(std::move(change), progress_notes::if_moved::plan_again,
                             hook_before(run_, step_, script_, run_.told));
    }

    outcome perform_batch() {
        lock_retries retries(run_, run_.told);
        for (;;) {
            try {
                return attempt();
            } catch (const error& failure) {
                if (run_.told.threw()) throw;
                if (!retries.again(failure, step_, script_.limits)) throw retries.last(failure);
            }
        }
    }

    outcome attempt() {
        action wanted{.script = script_, .change = {}};
        wanted.after = [&](transaction_access& to) {
            run_code(to);
            if (!next_) {
                if (const auto hook = hook_after(run_, step_, script_, run_.told)) hook(to);
            }
            wanted.change = next_ ? change_to_go_on() : change_to_end();
        };
        silent_progress nobody;
        progress_listener hears;
        if (run_.told.is_heard())
            hears = [this](const auto& now) { run_.told.tell_progress(now, &step_, script_, {}); };
        const listening heard(run_.database, hears);
        const stopping::interruptible until_here(run_.stop);
        const outcome how =
            run_.database.perform({.expected_revision = run_.revision, .actions = std::span(&wanted, 1)}, nobody);
        if (how == outcome::done) take_over(wanted.change);
        return how;
    }

    void run_code(transaction_access& to) {
        call_code({"the migration", step_, script_, run_.told}, to, [&](transaction_access& access) {
            const auto position = position_in(row_.details);
            batches work(access, position);
            code_of(step_)->up_in_batches(work);
            next_ = work.next();
            if (next_ && next_ == position) throw never_ends(*next_, script_);
        });
    }

    [[nodiscard]] ledger_change change_to_go_on() const {
        return {.updates = {{.id = row_.id,
                             .state = entry_state::running,
                             .slot = row_.slot,
                             .mark = -1,
                             .statements_done = row_.statements_done + 1,
                             .details = with_position(row_.details, *next_),
                             .expected_details = row_.details}}};
    }

    [[nodiscard]] ledger_change change_to_end() const {
        ledger_change change{.updates = {{.id = row_.id,
                                          .state = entry_state::applied,
                                          .slot = row_.slot,
                                          .mark = step_.embedded->mark(),
                                          .statements_done = row_.statements_done + 1,
                                          .details = without_position(row_.details),
                                          .expected_details = row_.details}}};
        change.inserts.push_back(event_row(row_, "finished", run_.revision.value_or(0) + 1, run_.who));
        change.inserts.back().duration_ms = since(begin_).count();
        return change;
    }

    void take_over(const ledger_change& written) {
        row_.details = *written.updates.front().details;
        row_.statements_done = written.updates.front().statements_done;
        if (!written.inserts.empty()) run_.revision = written.inserts.back().id;
    }

    [[noreturn]] void give_up(const error& failure) {
        error_details details = failure.details();
        if (row_.statements_done != 0) {
            details.done = joined({"of ", label(step_.version, step_.name), ", which runs in batches, ",
                                   row_.statements_done, row_.statements_done == 1 ? " batch" : " batches",
                                   ", which stay; the next start goes on behind them"});
        }
        fail(run_, run_.told, error(std::move(details)), &step_, fate::unknown);
    }

    run& run_;
    const step& step_;
    runnable script_;
    progress_notes notes_;
    ledger_entry row_;
    std::optional<std::string> next_;  ///< where the batch that ran last says to go on
    std::chrono::steady_clock::time_point begin_;
};

}  // namespace

performed perform_in_batches(run& of, const step& what) { return batched_run(of, what).perform(); }

}  // namespace varve::core
