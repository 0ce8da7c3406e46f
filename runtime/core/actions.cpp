#include "actions.hpp"

#include <varve/migrate.hpp>

#include <algorithm>

namespace varve::core {
namespace {

void insert_migration(ledger_change& into, const migration& from, ledger_entry row) {
    into.statements = kept_down(from, row.id);
    into.inserts.push_back(std::move(row));
}

ledger_entry renumbered_row(const step& from, const ledger_entry& old, std::int64_t id, const author& who) {
    ledger_entry row = row_for(*from.embedded, old.kind, id, who);
    add_detail(row, "renumbered_from", old.version.value_or(0));
    return row;
}

/// A correction, and the row that makes it a new revision and says who made it and why.
void repair_change(ledger_change& into, const step& from, const ledger_entry& old, std::int64_t id, const author& who) {
    const repair_request& asked = *from.repair;
    if (asked.what == repair_kind::accept) {
        into.updates.push_back(retired(old, entry_state::superseded));
        ledger_entry row = row_for(*from.embedded, old.kind, id, who);
        add_detail(row, "accepted_instead_of", old.id);
        return insert_migration(into, *from.embedded, std::move(row));
    }
    ledger_entry event = event_row(old, to_string(asked.what), id, who);
    if (asked.what == repair_kind::not_applied) {
        const bool half_reverted = old.state == entry_state::reverting;
        into.updates.push_back(retired(old, half_reverted ? entry_state::reverted : entry_state::superseded));
    } else {
        const bool is_done = asked.what == repair_kind::statement_done;
        into.progress.push_back({.ledger_id = old.id,
                                 .which = old.state == entry_state::reverting ? direction::down : direction::up,
                                 .position = asked.statement,
                                 .state = is_done ? statement_state::done : statement_state::pending});
        add_detail(event, "statement", asked.statement);
    }
    into.inserts.push_back(std::move(event));
}

entry_kind kind_of(step_kind what) { return what == step_kind::repeat ? entry_kind::repeatable : entry_kind::seed; }

void replace(ledger_change& into, const ledger_entry* old, ledger_entry by) {
    if (old != nullptr) into.updates.push_back(retired(*old, entry_state::superseded));
    into.inserts.push_back(std::move(by));
}

action action_for(const step& from, const ledger_entry* old, std::int64_t id, const author& who) {
    action result{.script = script_of(from), .change = {}};
    auto& change = result.change;
    result.measured = 0;
    switch (from.what) {
        case step_kind::apply:
            insert_migration(change, *from.embedded, row_for(*from.embedded, entry_kind::migration, id, who));
            break;
        case step_kind::revert:
            change.updates.push_back(retired(*old, entry_state::reverted));
            change.inserts.push_back(event_row(*old, "reverted", id, who));
            break;
        case step_kind::skip:
            if (old != nullptr) change.updates.push_back(retired(*old, entry_state::superseded));
            insert_migration(change, *from.embedded, row_for(*from.embedded, entry_kind::skip, id, who));
            break;
        case step_kind::baseline:
            insert_migration(change, *from.embedded, row_for(*from.embedded, entry_kind::baseline, id, who));
            break;
        case step_kind::renumber:
            change.updates.push_back(retired(*old, entry_state::superseded));
            insert_migration(change, *from.embedded, renumbered_row(from, *old, id, who));
            break;
        case step_kind::repeat:
        case step_kind::seed:
            replace(change, old, row_for(*from.embedded, kind_of(from.what), id, who));
            break;
        case step_kind::forget:
            change.updates.push_back(retired(*old, entry_state::superseded));
            change.inserts.push_back(event_row(*old, "forgotten", id, who));
            break;
        case step_kind::repair:
            repair_change(change, from, *old, id, who);
            break;
        case step_kind::schema:
            replace(change, old, schema_row(*from.embedded, id, who));
            break;
    }
    return result;
}

}  // namespace

const ledger_entry* row_with(const ledger_snapshot& ledger, std::int64_t id) {
    const auto found = std::lower_bound(ledger.entries.begin(), ledger.entries.end(), id,
                                        [](const ledger_entry& row, std::int64_t wanted) { return row.id < wanted; });
    return found == ledger.entries.end() || found->id != id ? nullptr : &*found;
}

std::vector<action> actions_for(std::span<const step> steps, const ledger_snapshot& ledger, std::int64_t newest,
                                const author& who) {
    std::vector<action> result;
    result.reserve(steps.size());
    for (const step& each : steps) {
        result.push_back(action_for(each, row_with(ledger, each.ledger_id), ++newest, who));
    }
    return result;
}

}  // namespace varve::core
