#include "plan_records.hpp"

#include "compare.hpp"
#include "naming.hpp"
#include "target_history.hpp"

#include <string>

namespace varve::core {
namespace {

step record_step(step_kind what, const migration& embedded, const ledger_entry* row) {
    step next{.what = what, .owner = &embedded.owner(), .embedded = embedded};
    next.version = embedded.version();
    next.name = embedded.name();
    if (row != nullptr) next.ledger_id = row->id;
    return next;
}

std::optional<problem> renumber_problem(const compared_history& at, std::int64_t from, std::int64_t to) {
    const auto& wanted = *at.find(to);
    const migration& as = wanted.embedded;
    const ledger_entry* row = at.active_row(from);
    if (row == nullptr) {
        return problem_with(problem_kind::unknown_version, as,
                            {from, " is not applied, so that it cannot become ", label(as)},
                            {"`status` lists what is applied"});
    }
    if (wanted.row != nullptr) {
        return problem_with(problem_kind::already_applied, as, {label(*wanted.row), " is applied under that version"},
                            {"`status` lists what is applied"});
    }
    const auto position = at.positions.at(to);
    const bool same = row->name == as.name() && same_checksum(*at.owner, position, direction::up, row->checksum);
    if (same && row->state == entry_state::applied) return std::nullopt;
    if (same) {
        return problem_with(problem_kind::half_done, *row, {label(*row), " stopped in the middle"},
                            {"finish it first"});
    }
    return problem_with(
        problem_kind::edited, as,
        {label(*row), ", as it was applied, is not ", label(as), " of this program: name or checksum differ"},
        {"revert it with `rollback` and apply ", label(as), " with `migrate`"});
}

}  // namespace

plan plan_renumber(const histories& all, const ledger_snapshot& ledger, std::int64_t from, std::int64_t to) {
    const auto compared = compare(all, ledger);
    plan result;
    const auto* at = history_of(compared, to, lookup::embedded, result);
    if (at == nullptr) return result;
    if (auto found = renumber_problem(*at, from, to)) {
        result.problems.push_back(*std::move(found));
        return result;
    }
    result.steps.push_back(record_step(step_kind::renumber, at->find(to)->embedded, at->active_row(from)));
    result.steps.back().note = joined({"was ", from});
    return result;
}

plan plan_baseline(const histories& all, const ledger_snapshot& ledger, std::int64_t version) {
    const auto compared = compare(all, ledger);
    plan result;
    const auto* at = history_of(compared, version, lookup::embedded, result);
    if (at == nullptr) return result;
    std::vector<std::string> applied;
    for (const auto& each : at->migrations) {
        if (each.row != nullptr) applied.push_back(label(each.embedded));
    }
    for (const ledger_entry* row : at->unknown) applied.push_back(label(*row));
    if (!applied.empty()) {
        result.problems.push_back(
            problem_with(problem_kind::already_applied, at->find(version)->embedded,
                         {"a baseline is for a database that has no migrations yet; applied here: ", listing(applied)},
                         {"record a single one with `skip`"}));
        return result;
    }
    for (std::size_t position = 0; position <= at->positions.at(version); ++position) {
        result.steps.push_back(record_step(step_kind::baseline, at->migrations[position].embedded, nullptr));
    }
    return result;
}

plan plan_skip(const histories& all, const ledger_snapshot& ledger, std::int64_t version) {
    const auto compared = compare(all, ledger);
    plan result;
    const auto* at = history_of(compared, version, lookup::embedded, result);
    if (at == nullptr) return result;
    const auto& wanted = *at->find(version);
    if (wanted.is == standing::applied || wanted.is == standing::edited) {
        result.problems.push_back(problem_with(problem_kind::already_applied, wanted.embedded,
                                               {label(*wanted.row), " is applied already"}, {"nothing to skip"}));
        return result;
    }
    result.steps.push_back(record_step(step_kind::skip, wanted.embedded, wanted.row));
    if (wanted.row != nullptr) result.steps.back().note = "was half done";
    return result;
}

}  // namespace varve::core
