#include <varve/migrate.hpp>

#include "batches.hpp"
#include "compare.hpp"
#include "disagreements.hpp"
#include "ledger_rows.hpp"
#include "naming.hpp"
#include "operation.hpp"
#include "resume.hpp"
#include "run.hpp"

#include <algorithm>

namespace varve {
namespace {

using core::compared_history;
using core::compared_migration;

plan read_and_plan(engine& database, const histories& all, const ledger_snapshot& ledger, const options& how) {
    plan made = make_plan(all, ledger,
                          {.to = how.to, .when_out_of_order = how.when_out_of_order, .when_newer = how.when_newer});
    core::refuse_newer_ledger(database, ledger, made);
    core::refuse_mixed(made, how.transactions);
    return made;
}

database_state state_of(engine& database, const ledger_snapshot& ledger, const plan& made) {
    if (!made.ok()) return database_state::diverged;
    const bool ledger_pending = !make_plan(database.ledger_history(), ledger).steps.empty();
    return made.steps.empty() && !ledger_pending ? database_state::current : database_state::pending;
}

std::optional<problem> trouble_of(const plan& made, std::string_view history, std::int64_t version) {
    const auto found = std::find_if(made.problems.begin(), made.problems.end(), [&](const problem& each) {
        return each.history == history && each.version == version;
    });
    return found == made.problems.end() ? std::nullopt : std::optional(*found);
}

/// The row; of an unfinished one with the progress that its statements tell.
ledger_entry entry_of(const ledger_entry& row, const ledger_snapshot& ledger) {
    ledger_entry entry = row;
    if (row.state != entry_state::running && row.state != entry_state::reverting) return entry;
    const direction which = row.state == entry_state::reverting ? direction::down : direction::up;
    const auto recorded = core::statements_of(ledger, row.id, which);
    entry.statements_done = static_cast<std::int32_t>(core::count_done(recorded));
    entry.statements_total = static_cast<std::int32_t>(recorded.size());
    return entry;
}

migration_status status_of(const compared_migration& at, const ledger_snapshot& ledger, const plan& made) {
    const migration& from = at.embedded;
    migration_status line;
    line.history = from.owner().name;
    line.version = from.version();
    line.name = from.name();
    line.description = from.description();
    line.embedded = true;
    line.released = from.released();
    line.applied = at.is == core::standing::applied || at.is == core::standing::edited;
    if (at.row != nullptr) line.entry = entry_of(*at.row, ledger);
    line.trouble = trouble_of(made, line.history, line.version);
    line.up_statements = from.up().size();
    line.down_statements = from.down().size();
    line.reversible = from.down().exists() && !from.irreversible();
    line.depends = core::depends_text(from);
    line.breaks_older = from.breaks_older();
    return line;
}

migration_status status_of(const ledger_entry& row, const ledger_snapshot& ledger, const plan& made) {
    migration_status line;
    line.history = row.history;
    line.version = row.version.value_or(0);
    line.name = row.name;
    line.description = row.description;
    line.applied = row.state == entry_state::applied;
    line.entry = entry_of(row, ledger);
    line.trouble = trouble_of(made, line.history, line.version);
    line.up_statements = static_cast<std::size_t>(row.statements_total);
    line.depends = row.depends;
    line.breaks_older = row.breaks_older;
    return line;
}

}  // namespace

database_state check(engine& database, const histories& all) {
    core::check_histories(database, all);
    if (core::is_current(database, all)) return database_state::current;
    const auto ledger = core::read_ledger(database, all);
    return state_of(database, ledger, read_and_plan(database, all, ledger, {}));
}

plan plan_for(engine& database, const histories& all, const options& how) {
    core::check_histories(database, all);
    const auto read = core::reader_for(how.when_newer);
    return read_and_plan(database, all, read(database, all), how);
}

status_report status(engine& database, const histories& all) {
    core::check_histories(database, all);
    const auto ledger = core::read_ledger(database, all);
    const plan made = read_and_plan(database, all, ledger, {});
    status_report result;
    result.kind = database.kind();
    result.location = database.location();
    result.overview = database.overview();
    result.ledger_exists = ledger.exists;
    result.lock_holder = database.lock_holder();
    result.state = state_of(database, ledger, made);
    for (const compared_history& each : core::compare(all, ledger)) {
        for (const auto& known : each.migrations) result.migrations.push_back(status_of(known, ledger, made));
        for (const ledger_entry* row : each.unknown) result.migrations.push_back(status_of(*row, ledger, made));
    }
    result.problems = made.problems;
    result.notes = made.notes;
    return result;
}

std::vector<ledger_entry> log(engine& database, const histories& all) {
    auto rows = database.read(engine::rows::all).entries;
    const auto is_other = [&](const ledger_entry& row) {
        return std::none_of(all.all().begin(), all.all().end(),
                            [&](const history* each) { return each->name == row.history; });
    };
    rows.erase(std::remove_if(rows.begin(), rows.end(), is_other), rows.end());
    return rows;
}

}  // namespace varve
