#include "revert_steps.hpp"

#include "half_done.hpp"
#include "ledger_rows.hpp"
#include "naming.hpp"
#include "resume.hpp"

#include <varve/migrate.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace varve::core {
namespace {

/// A row beside what the program has under its version.
struct located_row {
    const compared_history* at = nullptr;
    const compared_migration* known = nullptr;
};

located_row locate(std::span<const compared_history> all, const ledger_entry& row) {
    for (const auto& each : all) {
        if (each.owner->name == row.history) return {&each, each.find(row.version.value_or(0))};
    }
    return {};
}

bool same_up(const located_row& where, const ledger_entry& row) {
    if (where.known == nullptr) return false;
    const auto position = static_cast<std::size_t>(where.known - where.at->migrations.data());
    return same_checksum(*where.at->owner, position, direction::up, row.checksum);
}

std::vector<stored_statement> kept_for(const ledger_snapshot& ledger, std::int64_t ledger_id) {
    std::vector<stored_statement> result;
    for (const auto& each : ledger.statements) {
        if (each.ledger_id == ledger_id && each.which == direction::down) result.push_back(each);
    }

    return result;
}

// No ledger keeps C++.
problem foreign_code_problem(const located_row& where, const ledger_entry& row) {
    return problem_with(
        problem_kind::irreversible, row,
        {label(row), " is written in C++, and this program does not contain ",
         where.known == nullptr ? "it" : "its code as it was applied", ": what undoes it is not in the ledger"},
        {"revert it with the program that applied it, or write a new migration that undoes it"});
}

// The program's down wins where the up scripts are the same: it may have been corrected since.
void choose_script(const located_row& where, const ledger_entry& row, const ledger_snapshot& ledger, step& next,
                   plan& into) {
    const bool same = same_up(where, row);
    if (same && where.known->embedded.irreversible()) {
        into.problems.push_back(problem_with(problem_kind::irreversible, where.known->embedded,
                                             {label(row), " is declared irreversible"},
                                             {"write a new migration that undoes it"}));
        return;
    }
    if (same) next.embedded = where.known->embedded;
    if (same && where.known->embedded.down().exists()) {
        next.source = script_source::embedded;
        if (where.known->embedded.code() != nullptr) next.note = "runs C++";
        return;
    }
    if (!same && is_of_code(row)) {
        into.problems.push_back(foreign_code_problem(where, row));
        return;
    }
    next.stored = kept_for(ledger, row.id);
    if (!next.stored.empty()) {
        next.source = script_source::ledger;
        return;
    }
    into.problems.push_back(problem_with(problem_kind::irreversible, row,
                                         {label(row), " has no down script, neither in this program nor in the ledger"},
                                         {"write a new migration that undoes it, or give it a down script"}));
}

void check_unfinished(const ledger_entry& row, const ledger_snapshot& ledger, step& next, plan& into) {
    if (row.state == entry_state::running) {
        into.problems.push_back(problem_with(problem_kind::half_done, row, {label(row), " is half done"},
                                             {"finish it first: `migrate` goes on with it or says what to do"}));
        return;
    }
    if (row.state != entry_state::reverting) return;
    const auto recorded = statements_of(ledger, row.id, direction::down);
    std::vector<std::string> wanted;
    const runnable script = script_of(next);
    for (const auto& each : script.statements) wanted.push_back(statement_checksum(each.checksum));
    const auto work = examine(recorded, wanted, ledger.examined);
    next.resume_after = static_cast<std::int32_t>(work.finished);
    switch (work.is) {
        case verdict::resumable:
            next.note = joined({"goes on after statement ", next.resume_after});
            return;
        case verdict::in_doubt:
            into.problems.push_back(begun_problem(row, work));
            return;
        case verdict::changed:
            into.problems.push_back(changed_problem(row, work));
            return;
        case verdict::unrecorded:
            into.problems.push_back(unrecorded_problem(row));
    }
}

step revert_step(std::span<const compared_history> all, const ledger_entry& row, const ledger_snapshot& ledger,
                 plan& into) {
    const located_row where = locate(all, row);
    step next{.what = step_kind::revert, .owner = where.at->owner};
    next.version = row.version.value_or(0);
    next.name = row.name;
    next.ledger_id = row.id;
    choose_script(where, row, ledger, next, into);
    if (next.source != script_source::none) check_unfinished(row, ledger, next, into);
    return next;
}

using key = std::pair<std::string, std::int64_t>;

// `3,auth:5`, of a row of `history`.
std::vector<key> dependencies_of(const ledger_entry& row) {
    std::vector<key> result;
    std::string_view rest = row.depends;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        const auto colon = word.rfind(':');
        const auto digits = colon == std::string_view::npos ? word : word.substr(colon + 1);
        std::int64_t version = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), version).ec != std::errc{}) continue;
        const auto history = colon == std::string_view::npos ? std::string_view(row.history) : word.substr(0, colon);
        result.emplace_back(std::string(history), version);
    }
    return result;
}

using dependents_by_key = std::map<key, std::vector<const ledger_entry*>>;

dependents_by_key find_dependents(const ledger_snapshot& ledger) {
    dependents_by_key result;
    for (const auto& row : ledger.entries) {
        if (row.depends.empty() || !is_active_migration(row)) continue;
        for (auto& each : dependencies_of(row)) result[std::move(each)].push_back(&row);
    }
    return result;
}

// Whoever depends on a row must be reverted before it.
void check_dependents(std::span<const ledger_entry* const> reverting, const ledger_snapshot& ledger, plan& into) {
    const auto dependents = find_dependents(ledger);
    std::set<std::int64_t> reverted;
    for (const ledger_entry* row : reverting) {
        std::vector<std::string> staying;
        const auto found = dependents.find({row->history, row->version.value_or(0)});
        if (found != dependents.end()) {
            for (const ledger_entry* each : found->second) {
                if (reverted.count(each->id) == 0) staying.push_back(joined({each->history, " ", label(*each)}));
            }
        }
        reverted.insert(row->id);
        if (staying.empty()) continue;
        into.problems.push_back(problem_with(problem_kind::depended_on, *row,
                                             {label(*row), " cannot be reverted: ", listing(staying),
                                              staying.size() == 1 ? " depends on it" : " depend on it"},
                                             {"revert what depends on it first"}));
    }
}

}  // namespace

void add_reverts(std::span<const compared_history> all, const ledger_snapshot& ledger,
                 std::vector<const ledger_entry*> rows, plan& into) {
    std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->id > b->id; });
    for (const ledger_entry* row : rows) into.steps.push_back(revert_step(all, *row, ledger, into));
    check_dependents(rows, ledger, into);
}

}  // namespace varve::core
