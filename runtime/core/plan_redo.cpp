#include "ledger_rows.hpp"
#include "naming.hpp"
#include "plan_revert.hpp"
#include "revert_steps.hpp"
#include "target_history.hpp"

#include <algorithm>
#include <string>

namespace varve::core {
namespace {

problem not_applied(const migration& wanted) {
    return problem_with(problem_kind::unknown_version, wanted,
                        {label(wanted), " is not applied, so that there is nothing to do again"},
                        {"`migrate --to ", wanted.version(), "` applies it"});
}

// What this program does not contain could be reverted, but not applied again.
void check_unknown(const compared_history& at, const compared_migration& first, plan& into) {
    std::vector<std::string> tolerated;
    for (const ledger_entry* row : at.unknown) {
        if (row->id < first.row->id) continue;
        if (released_position(*row) == 0) {
            tolerated.push_back(label(*row));
            continue;
        }
        into.problems.push_back(problem_with(problem_kind::depended_on, *row,
                                             {label(*row), " was applied after ", label(first.embedded),
                                              ", and this program does not contain it: it could not apply it again"},
                                             {"use the program that contains it"}));
    }
    if (tolerated.empty()) return;
    into.notes.push_back(joined({at.owner->name, ": ", listing(tolerated),
                                 " was applied later and is not in this program; it stays as it is"}));
}

/// Everything applied from a position on, in the history's order.
void choose_from(const compared_history& at, std::size_t position, chosen_migrations& chosen) {
    for (std::size_t index = position; index < at.migrations.size(); ++index) {
        if (at.migrations[index].row == nullptr) continue;
        chosen.emplace_back(at.owner, at.migrations[index].embedded.version());
    }
}

void choose_version(std::span<const compared_history> all, std::int64_t version, chosen_migrations& chosen,
                    plan& into) {
    const auto* at = history_of(all, version, lookup::embedded, into);
    if (at == nullptr) return;
    const auto* first = at->find(version);
    if (first->row == nullptr) {
        into.problems.push_back(not_applied(first->embedded));
        return;
    }
    check_unknown(*at, *first, into);
    choose_from(*at, at->positions.at(version), chosen);
}

/// The edited drafts and what comes after them.
void choose_edited(std::span<const compared_history> all, chosen_migrations& chosen, plan& into) {
    for (const auto& at : all) {
        const auto first = std::find_if(at.migrations.begin(), at.migrations.end(), [](const auto& each) {
            return each.is == standing::edited && !each.embedded.released();
        });
        if (first == at.migrations.end()) continue;
        check_unknown(at, *first, into);
        choose_from(at, static_cast<std::size_t>(first - at.migrations.begin()), chosen);
    }
}

void choose_last(std::span<const compared_history> all, chosen_migrations& chosen, plan& into) {
    const compared_history* where = nullptr;
    const compared_migration* last = nullptr;
    for (const auto& at : all) {
        for (const auto& each : at.migrations) {
            if (each.row == nullptr || (last != nullptr && each.row->id < last->row->id)) continue;
            last = &each;
            where = &at;
        }
    }
    if (last == nullptr) return;
    check_unknown(*where, *last, into);
    choose_from(*where, where->positions.at(last->embedded.version()), chosen);
}

bool applied_again(const std::vector<step>& done, const history* owner, std::int64_t version) {
    return std::any_of(done.begin(), done.end(), [&](const step& each) {
        return each.what == step_kind::apply && each.owner == owner && each.version == version;
    });
}

step apply_step(const compared_migration& at) {
    step next{.what = step_kind::apply, .owner = &at.embedded.owner(), .embedded = at.embedded};
    next.version = at.embedded.version();
    next.name = at.embedded.name();
    next.source = script_source::embedded;
    return next;
}

void add_steps(std::span<const compared_history> all, const ledger_snapshot& ledger, const std::vector<step>& done,
               const chosen_migrations& chosen, plan& into) {
    std::vector<const ledger_entry*> rows;
    std::vector<step> applies;
    for (const auto& each : chosen) {
        if (applied_again(done, each.first, each.second)) continue;
        const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.owner == each.first; });
        const auto* known = at->find(each.second);
        if (known->row != nullptr) rows.push_back(known->row);
        applies.push_back(apply_step(*known));
    }
    add_reverts(all, ledger, rows, into);
    for (step& each : applies) into.steps.push_back(std::move(each));
}

}  // namespace

plan plan_redo(const histories& all, const ledger_snapshot& ledger, std::optional<std::int64_t> version,
               const std::vector<step>& done, chosen_migrations& chosen) {
    const auto compared = compare(all, ledger);
    plan result;
    if (chosen.empty() && version) choose_version(compared, *version, chosen, result);
    if (chosen.empty() && !version) choose_edited(compared, chosen, result);
    if (chosen.empty() && !version) choose_last(compared, chosen, result);
    add_steps(compared, ledger, done, chosen, result);
    if (!result.ok()) result.steps.clear();
    return result;
}

}  // namespace varve::core
