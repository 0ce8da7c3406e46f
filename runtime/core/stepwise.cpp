#include "stepwise.hpp"

#include "actions.hpp"
#include "coded.hpp"
#include "compare.hpp"
#include "concurrent.hpp"
#include "listening.hpp"
#include "lock_retries.hpp"
#include "naming.hpp"
#include "progress_notes.hpp"
#include "resume.hpp"
#include "time_limits.hpp"

#include <chrono>

namespace varve::core {
namespace {

using clock = std::chrono::steady_clock;

std::vector<std::string> checksums_of(const runnable& script) {
    std::vector<std::string> result;
    for (const auto& each : script.statements) result.push_back(statement_checksum(each.checksum));
    return result;
}

runnable limited(runnable script, const options& how) {
    script.limits = limits_for(script.limits, how);
    return script;
}

/// Whether the error means that the statement certainly took no effect.
bool was_refused(error_code code) {
    switch (code) {
        case error_code::statement_failed:
        case error_code::needs_session:
        case error_code::transaction_open:
        case error_code::read_only:
        case error_code::permission_denied:
        case error_code::table_locked:
        case error_code::cancelled:
            return true;
        default:
            return false;
    }
}

class stepwise_run {
public:
    stepwise_run(run& of, const step& what)
        : run_(of),
          step_(what),
          which_(what.what == step_kind::revert ? direction::down : direction::up),
          script_(limited(script_of(what), of.how)),
          finished_(static_cast<std::size_t>(what.resume_after)),
          ran_(finished_),
          notes_(of, which_) {}

    performed perform() {
        begin_ = clock::now();
        try {
            if (!open_row()) return performed::plan_again;
            started_ = true;
            if (finished_ < script_.statements.size()) notes_.expect(finished_, statement_state::pending);
            run_.told.tell_step(event_kind::started, step_, step_.note);
            restore_settings();
            for (std::size_t index = finished_; index < script_.statements.size(); ++index) run_statement(index);
            close_row();
        } catch (const error& failure) {
            notes_.note_quietly();
            if (run_.told.threw()) throw;
            fail(failure);
        } catch (...) {
            notes_.note_quietly();
            throw;
        }
        return performed::all;
    }

private:
    /// Whether a row that exists describes this very script, so that it can be gone on with.
    [[nodiscard]] bool fits(const ledger_entry& row) const {
        const bool same_direction = which_ == direction::up ? to_string(step_.embedded->up().checksum()) == row.checksum
                                                            : row.state == entry_state::reverting;
        return same_direction && same_statements(statements_of(run_.ledger, row.id, which_), checksums_of(script_));
    }

    bool open_row() {
        const ledger_entry* row = row_with(run_.ledger, step_.ledger_id);
        if (row != nullptr && fits(*row)) {
            row_ = *row;
            notes_.begin(row_.id);
            // Its probe found that it took effect: that is noted with the next one.
            if (finished_ > count_done(statements_of(run_.ledger, row_.id, which_))) {
                notes_.expect(finished_ - 1, statement_state::done);
            }
            return finished_ == script_.statements.size() || notes_.intend(finished_);
        }
        ledger_change change;
        if (row != nullptr) change.updates.push_back(retired(*row, entry_state::superseded));
        const std::int64_t id = run_.revision.value_or(0) + 1;
        row_ = which_ == direction::up ? row_for(*step_.embedded, entry_kind::migration, id, run_.who) : *row;
        row_.id = id;
        row_.state = which_ == direction::up ? entry_state::running : entry_state::reverting;
        row_.mark = -1;
        row_.statements_done = 0;
        row_.statements_total = static_cast<std::int32_t>(script_.statements.size());
        row_.applied_by = run_.who.applied_by;
        row_.program = run_.who.program;
        row_.reason = run_.who.reason;
        change.inserts.push_back(ledger_entry(row_));
        change.statements = rows_of_statements(id);
        notes_.begin(id);
        return notes_.record(std::move(change), progress_notes::if_moved::plan_again,
                             hook_before(run_, step_, script_, run_.told));
    }

    /// The first statement to be run is intended at once: a running row never looks as if nobody worked on it.
    [[nodiscard]] std::vector<stored_statement> rows_of_statements(std::int64_t id) const {
        auto all = progress_rows(script_, which_, id);
        for (auto& each : all) {
            const auto index = static_cast<std::size_t>(each.position) - 1;
            if (each.position == 0) continue;
            if (index < finished_) each.state = statement_state::done;
            if (index == finished_) each.state = statement_state::intended;
        }
        if (which_ == direction::up) {
            for (auto& each : kept_down(*step_.embedded, id)) all.push_back(std::move(each));
        }
        return all;
    }

    void run_statement(std::size_t index) {
        run_.told.tell_statement(event_kind::statement_begun, step_, script_, index);
        if (index == finished_) {
            notes_.forget();  // it is intended since the row was opened
        } else {
            notes_.intend(index);
        }
        const auto begin = clock::now();
        execute(index);
        notes_.expect(index, statement_state::done);
        run_.told.tell_statement(event_kind::statement_ended, step_, script_, index, since(begin));
    }

    /// What earlier statements set in a session that is gone: later ones count on it.
    void restore_settings() {
        for (std::size_t index = 0; index < finished_; ++index) {
            const statement_probe* probe = script_.statements[index].probe;
            if (probe != nullptr && probe->kind == probe_kind::setting) run_.database.execute_alone(script_, index);
        }
    }

    /// An INVALID index of its name would make CREATE INDEX fail, or do nothing if it says IF NOT EXISTS.
    void remove_leftovers(std::size_t index) {
        const statement& next = script_.statements[index];
        if (next.probe == nullptr) return;
        const bool leaves_any =
            next.probe->kind == probe_kind::index_built || next.probe->kind == probe_kind::index_rebuilt;
        if (!leaves_any) return;
        for (const std::string& remedy : run_.database.look_for(*next.probe).remedies) {
            const runnable removing{
                .file = script_.file,
                .statements =
                    {{.sql = remedy, .line = next.line, .column = next.column, .placeholders = {}, .text = remedy}},
                .mode = transaction_mode::no_transaction};
            run_.database.execute_alone(removing, 0);
            run_.told.tell_step(event_kind::retried, step_,
                                joined({"an earlier attempt left an INVALID index: ", remedy}));
        }
    }

    void execute(std::size_t index) {
        lock_retries retries(run_, run_.told);
        while (!attempt(index, retries)) {
        }
        ran_ = index + 1;
    }

    // False: to be tried again.
    bool attempt(std::size_t index, lock_retries& retries) {
        try {
            progress_listener hears;
            if (run_.told.is_heard()) {
                hears = [this, index](const auto& now) { run_.told.tell_progress(now, &step_, script_, index); };
            }
            remove_leftovers(index);
            const listening heard(run_.database, hears);
            const stopping::interruptible until_here(run_.stop);
            run_.database.execute_alone(script_, index);
            return true;
        } catch (const error& failure) {
            if (run_.told.threw()) throw;
            if (was_refused(failure.code())) notes_.expect(index, statement_state::failed);
            if (!is_concurrent(script_.statements[index]) && retries.again(failure, step_, script_.limits))
                return false;
            throw retries.last(failure);
        }
    }

    [[noreturn]] void fail(const error& failure) {
        error_details details = failure.details();
        if (ran_ != 0) {
            details.done = joined({"of ", label(step_), ", which runs without a transaction, ", ran_, " of ",
                                   script_.statements.size(), " statements, which stay"});
        }
        if (details.code == error_code::needs_session) locate_next(details);
        const error complete = completed(run_, error(std::move(details)), &step_, fate::unknown);
        if (started_) run_.told.tell_step(event_kind::failed, step_, complete.what());
        throw complete;
    }

    /// The engine refused to begin: what it refused is the statement that would have been run.
    void locate_next(error_details& details) const {
        details.file = script_.file;
        if (ran_ >= script_.statements.size()) return;
        const statement& next = script_.statements[ran_];
        details.line = next.line;
        details.column = next.column;
        details.statement = next.sql;
    }

    void close_row() {
        ledger_change change;
        entry_update last = retired(row_, entry_state::reverted);
        if (which_ == direction::up) {
            last = {.id = row_.id, .state = entry_state::applied, .slot = row_.slot, .mark = step_.embedded->mark()};
        }
        last.statements_done = static_cast<std::int32_t>(script_.statements.size());
        change.updates.push_back(last);
        const auto word = which_ == direction::up ? "finished" : "reverted";
        change.inserts.push_back(event_row(row_, word, run_.revision.value_or(0) + 1, run_.who));
        change.inserts.back().duration_ms = since(begin_).count();
        notes_.record(std::move(change), progress_notes::if_moved::go_on, hook_after(run_, step_, script_, run_.told));
        const auto kind = which_ == direction::up ? event_kind::committed : event_kind::reverted;
        run_.told.tell_step(kind, step_, step_.note, since(begin_));
    }

    run& run_;
    const step& step_;
    direction which_;
    runnable script_;
    std::size_t finished_;  ///< statements that an earlier run did
    std::size_t ran_;       ///< and those of this one
    bool started_ = false;
    progress_notes notes_;
    ledger_entry row_;
    clock::time_point begin_;
};

}  // namespace

performed perform_stepwise(run& of, const step& what) { return stepwise_run(of, what).perform(); }

}  // namespace varve::core
