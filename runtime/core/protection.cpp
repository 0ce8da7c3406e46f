#include <varve/migrate.hpp>

#include "ledger_rows.hpp"
#include "operation.hpp"
#include "raise.hpp"
#include "run.hpp"
#include "text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace varve {
namespace core {
namespace {

constexpr std::string_view protected_event = R"({"event":"protected"})";
constexpr std::string_view unprotected_event = R"({"event":"unprotected"})";

ledger_entry protection_row(std::string_view history, protection wanted, const run& of) {
    ledger_entry row;
    row.id = of.ledger.revision + 1;
    row.history = history;
    row.kind = entry_kind::event;
    row.applied_by = of.who.applied_by;
    row.program = of.who.program;
    row.reason = of.who.reason;
    row.details = wanted == protection::on ? protected_event : unprotected_event;
    return row;
}

void check_may_write(run& of) {
    if (!of.ledger.exists) {
        raise(error_code::invalid_argument,
              {"there is no ledger in ", of.database.location(), " yet, which would remember the protection"},
              "`migrate` makes it");
    }
    plan writing;
    writing.steps.emplace_back();
    refuse_newer_ledger(of.database, of.ledger, writing);
    if (!writing.ok())
        raise(error_code::ledger_too_new, {writing.problems.front().message}, writing.problems.front().hint);
}

outcome write_protection(run& of, std::string_view history, protection wanted) {
    of.ledger = of.database.read(engine::rows::all);
    check_may_write(of);
    std::vector<action> actions(1);
    actions.front().change.inserts.push_back(protection_row(history, wanted, of));
    silent_progress nobody;
    return of.database.perform({.expected_revision = of.ledger.revision, .actions = actions}, nobody);
}

}  // namespace
}  // namespace core

void set_protection(engine& database, const histories& all, protection wanted, const options& how) {
    core::check_histories(database, all);
    core::run of(database, how);
    if (!of.lock.take({})) return;
    while (true) {
        const outcome what = core::write_protection(of, all.all().front()->name, wanted);
        if (what == outcome::done) return;
        what == outcome::locked ? of.waiting.wait() : of.waiting.plan_again();
    }
}

protection protection_of(engine& database) {
    const ledger_snapshot ledger = database.read(engine::rows::all);
    const auto newest = std::find_if(ledger.entries.rbegin(), ledger.entries.rend(), [](const ledger_entry& each) {
        return each.kind == entry_kind::event &&
               (each.details == core::protected_event || each.details == core::unprotected_event);
    });
    const bool is_on = newest != ledger.entries.rend() && newest->details == core::protected_event;
    return is_on ? protection::on : protection::off;
}

}  // namespace varve
