#include "operation.hpp"

#include "actions.hpp"
#include "batches.hpp"
#include "compare.hpp"
#include "naming.hpp"
#include "pauses.hpp"
#include "perform.hpp"
#include "raise.hpp"
#include "run.hpp"
#include "time_limits.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace varve::core {
namespace {

using clock = std::chrono::steady_clock;

[[noreturn]] void refuse_argument(pieces message, std::string_view hint) {
    raise(error_code::invalid_argument, message, hint);
}

std::string_view word(engine_kind kind) { return kind == engine_kind::sqlite ? "sqlite" : "postgresql"; }

void require_ok(plan& made) {
    if (made.ok()) return;
    error_details details;
    details.code = error_code::diverged;
    const auto is_newer = [](const problem& each) { return each.kind == problem_kind::ledger_too_new; };
    if (std::any_of(made.problems.begin(), made.problems.end(), is_newer)) details.code = error_code::ledger_too_new;
    const bool one = made.problems.size() == 1;
    const std::string count = digits(static_cast<std::int64_t>(made.problems.size()));
    details.message = joined({"nothing was done: ", one ? "one" : count, one ? " problem" : " problems"});
    details.problems = std::move(made.problems);
    throw error(std::move(details));
}

/// What a newer varve did to the ledger so that this one must not write to it.
std::vector<const ledger_entry*> newer_ledger_rows(const engine& database, const ledger_snapshot& ledger) {
    auto rows = compare(database.ledger_history(), ledger).unknown;
    rows.erase(std::remove_if(rows.begin(), rows.end(), [](const auto* row) { return !row->breaks_older; }),
               rows.end());
    return rows;
}

plan complete_plan(engine& database, const ledger_snapshot& ledger, const std::vector<step>& done,
                   const operation& what) {
    plan made = what.decide(ledger, done);
    refuse_newer_ledger(database, ledger, made);
    refuse_mixed(made, what.transactions);
    return made;
}

report dry_run(engine& database, const histories& all, const operation& what) {
    plan made = complete_plan(database, what.read(database, all), {}, what);
    require_ok(made);
    return {.done = std::move(made.steps), .notes = std::move(made.notes)};
}

// The ledger's own migrations are a transaction before any other.
performed care_for_ledger(run& of) {
    if (!newer_ledger_rows(of.database, of.ledger).empty()) return performed::all;
    plan made = make_plan(of.database.ledger_history(), of.ledger);
    require_ok(made);
    return made.steps.empty() ? performed::all : perform_silently(of, std::move(made.steps));
}

/// Who may be running a statement just now; empty if nobody, or if the lock says that nobody is.
std::string possibly_at_work(const run& of) {
    if (of.database.scope() == lock_scope::run) return {};
    for (const auto& each : of.ledger.statements) {
        if (each.state != statement_state::intended) continue;
        const ledger_entry* row = row_with(of.ledger, each.ledger_id);
        if (row == nullptr) continue;
        return joined({row->applied_by, " (", label(*row), ", statement ", each.position, ")"});
    }
    return {};
}

/// Whether somebody else's work can end what forbids the plan.
bool may_pass(const plan& refused, const operation& what) {
    return what.work_of_others == operation::unfinished_work::wait &&
           std::all_of(refused.problems.begin(), refused.problems.end(),
                       [](const problem& each) { return each.kind == problem_kind::half_done; });
}

// A hook for the whole run, with what is to be done or was done.
void call_hook(const std::function<void(const std::vector<step>&)>& hook, const std::vector<step>& steps) {
    if (!hook || steps.empty()) return;
    constexpr std::string_view threw = "a hook of the program threw an exception: ";
    try {
        hook(steps);
    } catch (const error&) {
        throw;
    } catch (const std::exception& thrown) {
        raise(error_code::code_failed, {threw, thrown.what()}, {});
    } catch (...) {
        raise(error_code::code_failed, {threw, "one that is no std::exception"}, {});
    }
}

performed plan_and_perform(run& of, const histories& all, const options& how, const operation& what, report& into) {
    of.ledger = what.read(of.database, all);
    of.revision = of.ledger.exists ? std::optional(of.ledger.revision) : std::nullopt;
    plan made = complete_plan(of.database, of.ledger, of.done, what);
    if (!made.ok() && may_pass(made, what)) {
        const std::string who = possibly_at_work(of);
        if (!who.empty() && of.waiting.wait_for(who)) return performed::plan_again;
    }
    require_ok(made);
    into.notes = std::move(made.notes);
    if (of.done.empty()) call_hook(of.how.hooks.before_run, made.steps);
    const bool care = !made.steps.empty() || what.care == operation::ledger_care::always;
    if (care && care_for_ledger(of) == performed::plan_again) return performed::plan_again;
    return perform(of, std::move(made.steps), what.transactions, how.send);
}

void perform_run(engine& database, const histories& all, const options& how, const operation& what, report& into) {
    run of(database, how);
    if (!of.lock.take(what.is_settled)) return;
    of.waiting.start_over();
    try {
        while (plan_and_perform(of, all, how, what, into) == performed::plan_again) of.stop.check();
        call_hook(how.hooks.after_run, of.done);
    } catch (const error& failure) {
        if (of.done.empty() || !failure.details().done.empty()) throw;
        throw completed(of, failure, nullptr, fate::unknown);
    }
    into.done = std::move(of.done);
}

// Two hundred programs that start at once may be more than the server has room for; most of them are through soon.
bool is_settled(const operation& what, const options& how) {
    constexpr std::string_view too_many_connections = "53300";
    watcher told(how.watch);
    pauses waiting(told, how.lock_wait, how.stop);
    for (;;) {
        try {
            return what.is_settled();
        } catch (const error& failure) {
            const error_details& why = failure.details();
            if (why.code != error_code::connection_failed || why.sqlstate != too_many_connections) throw;
            if (waiting.are_over()) throw;
            waiting.tell(why.message);
        }
        waiting.sleep();
    }
}

}  // namespace

void check_histories(const engine& database, const histories& all) {
    if (all.all().empty()) refuse_argument({"no history was given"}, "pass the `history` of a generated header");
    for (const history* each : all.all()) {
        if (each->engine != database.kind()) {
            refuse_argument({"the history ", each->name, " is written for ", word(each->engine), ", but ",
                             database.location(), " is a ", word(database.kind()), " database"},
                            "use the engine that add_db_migrations() was given, or compile the history for this one");
        }
        if (each->name.starts_with("varve")) {
            refuse_argument({"the history name ", each->name, " is reserved"},
                            "give add_db_migrations() another `NAME`");
        }
        const auto same_name = [each](const history* other) { return other->name == each->name; };
        if (std::count_if(all.all().begin(), all.all().end(), same_name) > 1) {
            refuse_argument({"the history ", each->name, " was given twice"}, "pass each history once");
        }
    }
}

bool is_current(engine& database, const histories& all) {
    std::vector<expected_marks> expected;
    const auto expect = [&](const history& each) {
        expected.push_back({.history = each.name, .count = each.mark_count, .sum = each.mark_sum});
    };
    expect(database.ledger_history());
    for (const history* each : all.all()) expect(*each);
    return database.is_current(expected);
}

void refuse_newer_ledger(engine& database, const ledger_snapshot& ledger, plan& made) {
    if (made.steps.empty()) return;
    for (const ledger_entry* row : newer_ledger_rows(database, ledger)) {
        made.problems.push_back(problem_with(
            problem_kind::ledger_too_new, *row,
            {"a newer varve changed the ledger (", label(*row), "); this program may read it, but not write to it"},
            {"use a program that was built with the newer varve"}));
        made.steps.clear();
    }
}

report operate(engine& database, const histories& all, const options& how, const operation& what) {
    const auto begin = clock::now();
    check_histories(database, all);
    check_limits(how);
    if (how.lock_wait.count() < 0) refuse_argument({"lock_wait is negative"}, "0 does not wait at all");
    report result;
    if (how.mode == run_mode::dry) {
        result = dry_run(database, all, what);
    } else if (!what.is_settled || !is_settled(what, how)) {
        perform_run(database, all, how, what, result);
    }
    result.took = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begin);
    return result;
}

}  // namespace varve::core
