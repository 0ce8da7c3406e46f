#include "plan_init.hpp"

#include "compare.hpp"
#include "naming.hpp"

#include <algorithm>

namespace varve::core {
namespace {

step master_step(const migration& master, const ledger_snapshot& ledger) {
    step first{.what = step_kind::schema, .owner = &master.owner(), .embedded = master};
    first.name = master.name();
    first.source = script_source::embedded;
    const auto earlier = std::find_if(ledger.entries.begin(), ledger.entries.end(), [&](const ledger_entry& row) {
        return row.history == master.owner().name && row.kind == entry_kind::schema && row.active();
    });
    if (earlier != ledger.entries.end()) first.ledger_id = earlier->id;
    return first;
}

step record_step(const migration& embedded) {
    step next{.what = step_kind::baseline, .owner = &embedded.owner(), .embedded = embedded};
    next.version = embedded.version();
    next.name = embedded.name();
    return next;
}

}  // namespace

plan plan_init(const history& of, const ledger_snapshot& ledger, way_to_begin how) {
    const compared_history compared = compare(of, ledger);
    plan result;
    if (compared.any_active()) {
        const auto pending = std::count_if(compared.migrations.begin(), compared.migrations.end(),
                                           [](const auto& each) { return each.row == nullptr; });
        result.notes.push_back(joined({of.name, " is initialised already"}));
        if (pending > 0) append(result.notes.back(), {"; ", pending, " pending: `migrate` applies what is pending"});
        return result;
    }
    if (how == way_to_begin::run_master) result.steps.push_back(master_step(of.master().value(), ledger));
    for (std::size_t index = 0; index < of.size(); ++index) result.steps.push_back(record_step(of[index]));
    return result;
}

}  // namespace varve::core
