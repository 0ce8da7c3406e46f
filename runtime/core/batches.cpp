#include "batches.hpp"

#include "coded.hpp"
#include "naming.hpp"

namespace varve::core {
namespace {

/// How a step's script must be run.
struct manner {
    step_range::way how = step_range::way::transaction;
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    friend bool operator==(const manner&, const manner&) = default;
};

// A script that is gone on with was not in a transaction, whatever it says now. Without statements there is nothing
// that could fail in one.
manner manner_of(const step& each) {
    if (runs_in_batches(each)) return {.how = step_range::way::in_batches};
    const bool goes_on = each.resume_after != 0 || (each.what == step_kind::apply && each.ledger_id != 0);
    if (goes_on) return {.how = step_range::way::stepwise};
    const runnable script = script_of(each);
    if (script.statements.empty()) return {};
    if (script.mode == transaction_mode::no_transaction) return {.how = step_range::way::stepwise};
    return {.how = step_range::way::transaction, .foreign_keys = script.foreign_keys};
}

std::string_view how_it_runs(step_range::way how) {
    switch (how) {
        case step_range::way::stepwise:
            return " runs without a transaction";
        case step_range::way::in_batches:
            return " runs in a transaction for each batch";
        case step_range::way::transaction:
            break;
    }
    return " needs another setting of PRAGMA foreign_keys than ";
}

// A row of the ledger may be written in any transaction.
bool only_records(const step& each) { return each.what == step_kind::baseline; }

problem mixed_batch_problem(const step& each, const step& first, const manner& own) {
    const bool alone = own.how != step_range::way::transaction;
    problem result;
    result.kind = problem_kind::mixed_batch;
    result.history = each.owner->name;
    result.version = each.version;
    result.name = each.name;
    result.file = script_of(each).file;
    result.message = joined({label(each), how_it_runs(own.how), alone ? "" : label(first),
                             ", so that not everything can be in one transaction as asked"});
    result.hint = "leave out `--transaction all`, or go in parts with `--to`";
    return result;
}

}  // namespace

std::vector<step_range> cut(const std::vector<step>& steps, grouping wanted, engine_kind kind) {
    const bool together = wanted == grouping::all || (wanted == grouping::automatic && kind == engine_kind::sqlite);
    std::vector<step_range> result;
    manner current;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        const manner next = manner_of(steps[index]);
        const bool fits = next == current || only_records(steps[index]);
        const bool joins = together && !result.empty() && fits && current.how == step_range::way::transaction;
        if (joins) {
            result.back().last = index + 1;
        } else {
            result.push_back({.first = index, .last = index + 1, .how = next.how});
            current = next;
        }
    }
    return result;
}

void refuse_mixed(plan& into, grouping wanted) {
    if (wanted != grouping::all || into.steps.empty()) return;
    const step& first = into.steps.front();
    const manner asked{.how = step_range::way::transaction, .foreign_keys = manner_of(first).foreign_keys};
    for (const auto& each : into.steps) {
        const manner own = manner_of(each);
        if (own != asked && !only_records(each)) into.problems.push_back(mixed_batch_problem(each, first, own));
    }
    if (!into.ok()) into.steps.clear();
}

}  // namespace varve::core
