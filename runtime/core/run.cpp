#include "run.hpp"

#include "compare.hpp"
#include "done_text.hpp"
#include "examining.hpp"
#include "identity.hpp"
#include "text.hpp"

#include <algorithm>
#include <utility>

namespace varve::core {
namespace {

using namespace std::chrono_literals;

// The server may go on with a statement whose client is gone; it has the lock until then.
constexpr std::chrono::milliseconds patience_after_a_lost_connection = 10s;

author author_of(const options& how, const std::string& role) {
    const std::string who = how.applied_by.empty() ? current_process() : how.applied_by;
    return {.applied_by = role.empty() ? who : joined({who, " as ", role}),
            .program = how.program.empty() ? executable_name() : how.program,
            .reason = how.reason};
}

bool is_lost_connection(const error& failure) {
    return failure.code() == error_code::connection_failed || failure.code() == error_code::in_doubt;
}

bool is_recorded(const ledger_snapshot& ledger, const ledger_entry& row) {
    return std::any_of(ledger.entries.begin(), ledger.entries.end(), [&](const ledger_entry& each) {
        return each.id == row.id && each.history == row.history && each.kind == row.kind &&
               each.version == row.version && each.applied_by == row.applied_by && each.program == row.program;
    });
}

void take_over(std::vector<stored_statement>& into, std::vector<stored_statement> more) {
    for (auto& each : more) into.push_back(std::move(each));
}

bool is_ours(const histories& all, const ledger_entry& row) {
    return std::any_of(all.all().begin(), all.all().end(),
                       [&](const history* each) { return each->name == row.history; });
}

bool can_revert_by_itself(const compared_migration& at) {
    return at.is == standing::applied && at.embedded.down().exists();
}

}  // namespace

run::run(engine& on, const options& wanted)
    : database(on),
      how(wanted),
      who(author_of(wanted, on.role())),
      told(wanted.watch),
      stop(on, wanted.stop),
      waiting(on, told, wanted.stop, wanted.lock_wait),
      lock(on, waiting) {}

fate fate_of(run& of, const error& failure, std::span<const action> actions) {
    try {
        if (is_lost_connection(failure)) {
            const std::stop_token never;  // the answer is worth the wait
            patience anew(of.database, of.told, never, patience_after_a_lost_connection);
            of.lock.take_again(anew);
        }
        const auto now = of.database.read(engine::rows::all);
        const bool kept = std::all_of(actions.begin(), actions.end(), [&](const action& each) {
            return !each.change.inserts.empty() && is_recorded(now, each.change.inserts.front());
        });
        if (kept) return fate::kept;
        const auto revision = now.exists ? std::optional(now.revision) : std::nullopt;
        return revision == of.revision ? fate::nothing : fate::moved;
    } catch (const error&) {
        if (of.told.threw()) throw;
        return fate::unknown;
    }
}

error completed(const run& of, const error& failure, const step* at, fate found) {
    error_details details = failure.details();
    const bool certain = found == fate::nothing && of.database.scope() == lock_scope::run;
    if (details.code == error_code::in_doubt && certain) {
        details.code = error_code::connection_failed;
        details.message += "; the ledger shows that nothing of it was kept";
    }
    if (at != nullptr && details.history.empty()) {
        details.history = at->owner->name;
        details.version = at->version;
    }
    const std::string before = done_text(of.done);
    const bool both = !before.empty() && !details.done.empty();
    details.done = joined({before, both ? "; " : "", details.done});
    return error(std::move(details));
}

ledger_snapshot read_ledger(engine& database, const histories& all) {
    ledger_snapshot ledger = database.read(engine::rows::active);
    for (const auto& row : ledger.entries) {
        if (!is_active_migration(row) || !is_ours(all, row)) continue;
        if (row.state == entry_state::running)
            take_over(ledger.statements, database.read_statements(row.id, direction::up));
        if (row.state == entry_state::reverting) {
            take_over(ledger.statements, database.read_statements(row.id, direction::down));
        }
    }
    examine_begun(database, all, ledger);
    return ledger;
}

ledger_reader reader_for(newer_database when_newer) {
    return when_newer == newer_database::revert ? read_ledger_with_downs : read_ledger;
}

ledger_snapshot read_ledger_with_downs(engine& database, const histories& all) {
    ledger_snapshot ledger = read_ledger(database, all);
    std::vector<std::int64_t> wanted;
    for (const auto& each : compare(all, ledger)) {
        for (const ledger_entry* row : each.unknown) wanted.push_back(row->id);
        for (const auto& known : each.migrations) {
            if (known.row != nullptr && !can_revert_by_itself(known)) wanted.push_back(known.row->id);
        }
    }
    for (const std::int64_t id : wanted) {
        const bool there = std::any_of(ledger.statements.begin(), ledger.statements.end(), [&](const auto& each) {
            return each.ledger_id == id && each.which == direction::down;
        });
        if (!there) take_over(ledger.statements, database.read_statements(id, direction::down));
    }
    return ledger;
}

}  // namespace varve::core
