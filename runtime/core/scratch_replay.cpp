#include "scratch_replay.hpp"

#include "compare.hpp"
#include "operation.hpp"
#include "run.hpp"

#include <varve/init.hpp>
#include <varve/migrate.hpp>

#include <algorithm>

namespace varve::core {
namespace {

constexpr const char* own_name = "varve";

bool is_applied(const ledger_snapshot& ledger, const step& each) {
    return std::any_of(ledger.entries.begin(), ledger.entries.end(), [&](const ledger_entry& row) {
        if (row.history != each.owner->name || !row.active()) return false;
        if (each.version == 0) return row.kind == entry_kind::repeatable && row.name == each.name;
        return is_active_migration(row) && row.version == each.version;
    });
}

}  // namespace

void replay_applied(engine& scratch, const histories& all, const ledger_snapshot& elsewhere) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        plan made = make_plan(all, ledger);
        made.steps.erase(std::remove_if(made.steps.begin(), made.steps.end(),
                                        [&](const step& each) { return !is_applied(elsewhere, each); }),
                         made.steps.end());
        return made;
    };
    what.read = read_ledger;
    what.care = operation::ledger_care::always;
    operate(scratch, all, {.program = own_name}, what);
}

void make_complete(engine& scratch, const histories& all) { init(scratch, all, {.program = own_name}); }

}  // namespace varve::core
