#include "plan_revert.hpp"

#include "naming.hpp"
#include "revert_steps.hpp"
#include "target_history.hpp"

#include <algorithm>
#include <string>

namespace varve::core {
namespace {

using rows = std::vector<const ledger_entry*>;

rows active_rows(const compared_history& at) {
    rows result = at.unknown;
    for (const auto& each : at.migrations) {
        if (each.row != nullptr) result.push_back(each.row);
    }
    return result;
}

rows active_rows(std::span<const compared_history> all) {
    rows result;
    for (const auto& each : all) {
        const rows own = active_rows(each);
        result.insert(result.end(), own.begin(), own.end());
    }
    return result;
}

/// By when they were applied: the row of the newest that stays.
std::int64_t last_kept(const compared_history& at, std::int64_t version) {
    std::int64_t newest = 0;
    for (const ledger_entry* row : at.unknown) {
        if (row->version == version) newest = row->id;
    }
    const auto position = at.positions.find(version);
    if (position == at.positions.end()) return newest;
    for (std::size_t index = 0; index <= position->second; ++index) {
        const ledger_entry* row = at.migrations[index].row;
        if (row != nullptr) newest = std::max(newest, row->id);
    }
    return newest;
}

/// Rows after `version`: in the history's order where the program contains both, otherwise by when they were applied.
rows rows_after(const compared_history& at, std::int64_t version) {
    const std::int64_t kept = last_kept(at, version);
    rows result;
    for (const ledger_entry* row : at.unknown) {
        if (row->id > kept) result.push_back(row);
    }
    const auto position = at.positions.find(version);
    for (std::size_t index = 0; index < at.migrations.size(); ++index) {
        const ledger_entry* row = at.migrations[index].row;
        if (row == nullptr) continue;
        const bool after = position == at.positions.end() ? row->id > kept : index > position->second;
        if (after) result.push_back(row);
    }
    return result;
}

rows last_rows(std::span<const compared_history> all, std::size_t count) {
    rows result = active_rows(all);
    std::sort(result.begin(), result.end(), [](const auto* a, const auto* b) { return a->id > b->id; });
    if (result.size() > count) result.resize(count);
    return result;
}

rows rows_to_revert(std::span<const compared_history> all, rollback_to how_far, std::size_t done, plan& into) {
    if (how_far.to().is_base()) return active_rows(all);
    if (how_far.to().is_newest()) return last_rows(all, how_far.count() - std::min(done, how_far.count()));
    const auto* at = history_of(all, how_far.to().number(), lookup::ledger_too, into);
    return at == nullptr ? rows() : rows_after(*at, how_far.to().number());
}

}  // namespace

plan plan_rollback(const histories& all, const ledger_snapshot& ledger, rollback_to how_far,
                   const std::vector<step>& done) {
    const auto compared = compare(all, ledger);
    plan result;
    add_reverts(compared, ledger, rows_to_revert(compared, how_far, done.size(), result), result);
    if (!result.ok()) result.steps.clear();
    return result;
}

}  // namespace varve::core
