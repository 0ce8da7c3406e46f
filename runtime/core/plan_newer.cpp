#include "plan_newer.hpp"

#include "disagreements.hpp"
#include "revert_steps.hpp"

#include <algorithm>
#include <iterator>

namespace varve::core {
namespace {

ledger_snapshot without(const std::vector<const ledger_entry*>& rows, const ledger_snapshot& ledger) {
    ledger_snapshot rest = ledger;
    const auto goes = [&](const ledger_entry& each) {
        return std::any_of(rows.begin(), rows.end(), [&](const auto* row) { return row->id == each.id; });
    };
    rest.entries.erase(std::remove_if(rest.entries.begin(), rest.entries.end(), goes), rest.entries.end());
    return rest;
}

template <typename Value>
void put_behind(std::vector<Value>& first, std::vector<Value> second) {
    first.insert(first.end(), std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
}

}  // namespace

plan plan_to_revert_and_apply(const histories& all, const ledger_snapshot& ledger, const plan_request& request) {
    const auto compared = compare(all, ledger);
    std::vector<const ledger_entry*> newer;
    for (const auto& each : compared) put_behind(newer, newer_rows(each));
    plan result;
    add_reverts(compared, ledger, newer, result);
    plan rest = plan_to_apply(all, without(newer, ledger), request);
    put_behind(result.steps, std::move(rest.steps));
    put_behind(result.problems, std::move(rest.problems));
    put_behind(result.notes, std::move(rest.notes));
    if (!result.ok()) result.steps.clear();
    return result;
}

}  // namespace varve::core
