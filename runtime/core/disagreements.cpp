#include "disagreements.hpp"

#include "half_done.hpp"
#include "ledger_rows.hpp"
#include "naming.hpp"
#include "resume.hpp"

#include <algorithm>
#include <string>

namespace varve::core {
namespace {

std::vector<std::string> checksums_of(const script& from) {
    std::vector<std::string> result;
    for (std::size_t index = 0; index < from.size(); ++index) {
        result.push_back(statement_checksum(from[index].checksum));
    }
    return result;
}

unfinished_script examine_up(const compared_migration& at, const ledger_snapshot& ledger) {
    return examine(statements_of(ledger, at.row->id, direction::up), checksums_of(at.embedded.up()), ledger.examined);
}

problem half_reverted(const compared_migration& at, const ledger_snapshot& ledger) {
    const auto recorded = statements_of(ledger, at.row->id, direction::down);
    const auto work = examine(recorded, checksums_of(at.embedded.down()), ledger.examined);
    if (work.is == verdict::in_doubt) return begun_problem(*at.row, work);
    const std::int64_t version = at.embedded.version();
    return problem_with(problem_kind::half_done, at.embedded,
                        {how_far(*at.row, work), ": its down script runs without a transaction and stopped"},
                        {"finish it with `rollback`; or bring the database by hand to where all of it is applied and "
                         "say `skip ",
                         version, " --reason ...`"});
}

// In batches: where to go on stands in the row.
std::optional<problem> half_applied_code(const compared_migration& at) {
    if (to_string(at.embedded.up().checksum()) == at.row->checksum) return std::nullopt;
    return changed_code_problem(*at.row);
}

std::optional<problem> half_applied(const compared_migration& at, const ledger_snapshot& ledger) {
    if (is_of_code(*at.row)) return half_applied_code(at);
    const auto work = examine_up(at, ledger);
    switch (work.is) {
        case verdict::resumable:
            return std::nullopt;
        case verdict::in_doubt:
            return begun_problem(*at.row, work);
        case verdict::changed:
            return changed_problem(*at.row, work);
        case verdict::unrecorded:
            break;
    }
    return unrecorded_problem(*at.row);
}

problem edited_problem(const compared_migration& at) {
    const std::string version = digits(at.embedded.version());
    const std::string own = label(at.embedded);
    std::string message =
        joined({own, " was edited after it was applied (", at.row->applied_at, " by ", at.row->applied_by, ")"});
    if (at.row->name != at.embedded.name()) {
        message = joined({"the database has another migration under version ", version, ": ", label(*at.row),
                          ", this program has ", own});
    }
    if (!at.embedded.released()) {
        return problem_with(
            problem_kind::edited_draft, at.embedded, {message},
            {"it is a draft: `redo ", version, "` reverts what was applied and applies what this program has"});
    }
    const std::string accept =
        joined({"; if what is applied is as good: `repair ", version, " --accept --reason ...`"});
    return problem_with(problem_kind::edited, at.embedded, {message},
                        {"run the program that belongs to this database, or restore the migration that was applied; "
                         "to replace what was applied: `redo ",
                         version, "`", at.row->name == at.embedded.name() ? accept : std::string()});
}

problem renumbered_problem(const ledger_entry& row, const migration& as) {
    const std::string from = digits(row.version.value_or(0));
    return problem_with(
        problem_kind::renumbered, as,
        {label(as), " is applied already, as version ", from, ": it has the same name and checksum and was renumbered"},
        {"`renumber ", from, " ", as.version(), "` records the new number; nothing is run"});
}

problem incompatible_problem(const ledger_entry& row) {
    return problem_with(problem_kind::incompatible, row,
                        {"the database is newer than this program: ", label(row),
                         " was applied, which programs without it cannot work with"},
                        {"run the newer program, or revert it with `rollback`: the ledger keeps its down script"});
}

problem refused_problem(const ledger_entry& row) {
    return problem_with(problem_kind::incompatible, row,
                        {"the database is newer than this program, which was told to refuse that: ", label(row),
                         row.breaks_older ? " was applied, which breaks older programs" : " was applied"},
                        {"run the newer program; or go on with what older programs can work with: `--when-newer "
                         "accept`; or revert it: `rollback`, or `--when-newer revert`"});
}

std::int64_t released_count(const history& of) {
    return std::count_if(of.migrations.begin(), of.migrations.end(), [](const auto& each) { return each.released; });
}

problem missing_problem(const ledger_entry& row, std::int64_t position, std::int64_t released) {
    return problem_with(problem_kind::missing, row,
                        {label(row), " was applied as number ", position,
                         " of the released migrations; this program contains ", released, " of them, but not this one"},
                        {"build the program with it: restore its files and its line in the lock file"});
}

problem renamed_problem(const migration& first, const ledger_entry& row) {
    return problem_with(problem_kind::renamed, first,
                        {"the history ", first.owner().name, " is new to this database, but ", row.history,
                         " in its ledger has the same first migration ", label(row), ": was the history renamed?"},
                        {"a history's name is the ledger's key for ever: give add_db_migrations() `NAME ", row.history,
                         "` again; if it really is another history, adopt it with `baseline`"});
}

void report_unknown(const compared_history& at, newer_database when_newer, plan& into) {
    const std::int64_t released = released_count(*at.owner);
    std::vector<std::string> tolerated;
    for (const ledger_entry* row : at.unknown) {
        const std::int64_t position = released_position(*row);
        if (const auto* as = renumbered_to(at, *row)) {
            into.problems.push_back(renumbered_problem(*row, as->embedded));
        } else if (when_newer == newer_database::refuse && (position == 0 || position > released)) {
            into.problems.push_back(refused_problem(*row));
        } else if (row->breaks_older) {
            into.problems.push_back(incompatible_problem(*row));
        } else if (position != 0 && position <= released) {
            into.problems.push_back(missing_problem(*row, position, released));
        } else {
            tolerated.push_back(label(*row));
        }
    }
    if (tolerated.empty()) return;
    into.notes.push_back(joined({at.owner->name, ": applied, but not in this program: ", listing(tolerated)}));
}

void report_known(const compared_history& at, const ledger_snapshot& ledger, plan& into) {
    for (const auto& each : at.migrations) {
        if (each.is == standing::edited) {
            const auto* as = renumbered_to(at, *each.row);
            into.problems.push_back(as != nullptr ? renumbered_problem(*each.row, as->embedded) : edited_problem(each));
        } else if (each.is == standing::unfinished) {
            if (auto found = half_done_problem(each, ledger)) into.problems.push_back(*std::move(found));
        }
    }
}

bool is_ours(std::span<const compared_history> all, std::string_view name) {
    return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.owner->name == name; });
}

// A first script without statements says nothing: any two histories may begin with one.
void report_renamed(std::span<const compared_history> all, const compared_history& at, const ledger_snapshot& ledger,
                    plan& into) {
    if (at.migrations.empty() || at.any_active()) return;
    const migration first = at.migrations.front().embedded;
    if (first.up().size() == 0) return;
    for (const auto& row : ledger.entries) {
        if (!is_active_migration(row) || is_ours(all, row.history) || row.history.starts_with("varve")) continue;
        if (row.version != first.version()) continue;
        if (!same_checksum(*at.owner, 0, direction::up, row.checksum)) continue;
        into.problems.push_back(renamed_problem(first, row));
        return;
    }
}

}  // namespace

const compared_migration* renumbered_to(const compared_history& at, const ledger_entry& row) {
    for (std::size_t position = 0; position < at.migrations.size(); ++position) {
        const auto& each = at.migrations[position];
        if (each.row != nullptr || each.embedded.name() != row.name) continue;
        if (same_checksum(*at.owner, position, direction::up, row.checksum)) return &each;
    }
    return nullptr;
}

std::optional<problem> half_done_problem(const compared_migration& at, const ledger_snapshot& ledger) {
    auto found = at.row->state == entry_state::reverting ? half_reverted(at, ledger) : half_applied(at, ledger);
    if (found) found->file = file_of(at.embedded, direction::up);
    return found;
}

std::int32_t finished_statements(const compared_migration& at, const ledger_snapshot& ledger) {
    return static_cast<std::int32_t>(examine_up(at, ledger).finished);
}

std::vector<const ledger_entry*> newer_rows(const compared_history& at) {
    const std::int64_t released = released_count(*at.owner);
    std::vector<const ledger_entry*> result;
    for (const ledger_entry* row : at.unknown) {
        const std::int64_t position = released_position(*row);
        const bool is_missing = position != 0 && position <= released;
        if (!is_missing && renumbered_to(at, *row) == nullptr) result.push_back(row);
    }
    return result;
}

void report_disagreements(std::span<const compared_history> all, const ledger_snapshot& ledger,
                          newer_database when_newer, plan& into) {
    for (const auto& each : all) {
        report_known(each, ledger, into);
        report_unknown(each, when_newer, into);
        report_renamed(all, each, ledger, into);
    }
}

}  // namespace varve::core
