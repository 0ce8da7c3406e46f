#include <varve/plan.hpp>

#include "apply_order.hpp"
#include "batch_position.hpp"
#include "disagreements.hpp"
#include "naming.hpp"
#include "plan_newer.hpp"
#include "target_history.hpp"

#include <string>

namespace varve {
namespace core {
namespace {

constexpr std::string_view breaks_older_note = "breaks older programs: those without it refuse to work from then on";
constexpr std::string_view runs_code_note = "runs C++";
constexpr std::size_t none = static_cast<std::size_t>(-1);

/// The last applied released migration and the last applied draft of a history, by position.
struct last_applied {
    std::size_t released = none;
    std::size_t draft = none;
};

last_applied last_applied_of(const compared_history& at) {
    last_applied result;
    for (std::size_t position = 0; position < at.migrations.size(); ++position) {
        const auto& each = at.migrations[position];
        if (each.is != standing::applied && each.is != standing::edited) continue;
        (each.embedded.released() ? result.released : result.draft) = position;
    }
    return result;
}

bool stands_before(std::size_t position, std::size_t other) { return other != none && position < other; }

problem out_of_order_problem(const migration& pending, const migration& applied) {
    return problem_with(problem_kind::out_of_order, pending,
                        {label(pending), " is pending, but ", label(applied),
                         ", which comes after it in the history and is released, is already applied"},
                        {"if it can be applied late, allow it: `migrate --out-of-order`; if the database has what it "
                         "does, `skip ",
                         pending.version(), "`"});
}

class apply_planner {
public:
    apply_planner(const histories& all, const ledger_snapshot& ledger, const plan_request& request)
        : compared_(compare(all, ledger)), ledger_(ledger), request_(request) {
        for (const auto& each : compared_) last_.push_back(last_applied_of(each));
    }

    plan make() {
        report_disagreements(compared_, ledger_, request_.when_newer, result_);
        apply_order order(compared_, ledger_, result_);
        const auto limits = find_limits();
        for (std::size_t index = 0; index < limits.size(); ++index) {
            order.place_until(index, limits[index]);
            note_what_stays(compared_[index], limits[index]);
        }
        for (const auto& [history, position] : order.placed()) {
            if (request_.to.is_next() && result_.steps.size() == static_cast<std::size_t>(request_.to.number())) break;
            add_step(history, position);
        }
        if (!result_.ok()) result_.steps.clear();
        return std::move(result_);
    }

private:
    /// For each history, how many of its migrations are wanted.
    std::vector<std::size_t> find_limits() {
        std::vector<std::size_t> limits(compared_.size(), 0);
        if (request_.to.is_base()) return limits;
        if (request_.to.is_newest() || request_.to.is_next()) {
            for (std::size_t index = 0; index < limits.size(); ++index)
                limits[index] = compared_[index].migrations.size();
            return limits;
        }
        const auto* chosen = history_of(compared_, request_.to.number(), lookup::embedded, result_);
        if (chosen == nullptr) return limits;
        const auto index = static_cast<std::size_t>(chosen - compared_.data());
        limits[index] = chosen->positions.at(request_.to.number()) + 1;
        return limits;
    }

    void note_what_stays(const compared_history& at, std::size_t limit) {
        if (request_.to.is_newest() || request_.to.is_next() || (limit == 0 && !request_.to.is_base())) return;
        std::vector<std::string> after;
        for (std::size_t position = limit; position < at.migrations.size(); ++position) {
            if (at.migrations[position].row != nullptr) after.push_back(label(at.migrations[position].embedded));
        }
        if (after.empty()) return;
        result_.notes.push_back(
            joined({at.owner->name, ": ", listing(after), " stays applied; `rollback` is what reverts"}));
    }

    void add_step(std::size_t history, std::size_t position) {
        const auto& at = compared_[history];
        const auto& each = at.migrations[position];
        step next{.what = step_kind::apply, .owner = at.owner, .embedded = each.embedded};
        next.version = each.embedded.version();
        next.name = each.embedded.name();
        next.source = script_source::embedded;
        if (each.row != nullptr) {
            next.ledger_id = each.row->id;
            go_on(each, next);
        } else {
            check_order(at, last_[history], position, next);
        }
        if (each.embedded.code() != nullptr) add_note(next, runs_code_note);
        if (each.embedded.breaks_older()) add_note(next, breaks_older_note);
        result_.steps.push_back(std::move(next));
    }

    void go_on(const compared_migration& with, step& next) const {
        if (with.embedded.code() == nullptr) {
            next.resume_after = finished_statements(with, ledger_);
            next.note = joined({"goes on after statement ", next.resume_after});
        } else if (const auto position = position_in(with.row->details)) {
            next.note = joined({"goes on after ", *position, ", with ", with.row->statements_done, " batches done"});
        }
    }

    static void add_note(step& to, std::string_view note) { append(to.note, {to.note.empty() ? "" : "; ", note}); }

    void check_order(const compared_history& at, const last_applied& last, std::size_t position, step& next) {
        const migration& pending = at.migrations[position].embedded;
        if (stands_before(position, last.released)) {
            const migration& applied = at.migrations[last.released].embedded;
            next.note = joined({"out of order: stands before ", label(applied), ", which is already applied"});
            if (request_.when_out_of_order == out_of_order::refuse) {
                result_.problems.push_back(out_of_order_problem(pending, applied));
            }
        } else if (stands_before(position, last.draft)) {
            next.note = joined(
                {"stands before ", label(at.migrations[last.draft].embedded), ", a draft that is already applied"});
        }
    }

    std::vector<compared_history> compared_;
    const ledger_snapshot& ledger_;
    const plan_request& request_;
    std::vector<last_applied> last_;
    plan result_;
};

}  // namespace
}  // namespace core

plan core::plan_to_apply(const histories& all, const ledger_snapshot& ledger, const plan_request& request) {
    return apply_planner(all, ledger, request).make();
}

plan make_plan(const histories& all, const ledger_snapshot& ledger, const plan_request& request) {
    if (request.when_newer == newer_database::revert) return core::plan_to_revert_and_apply(all, ledger, request);
    return core::plan_to_apply(all, ledger, request);
}

}  // namespace varve
