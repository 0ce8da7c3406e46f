#include "compare.hpp"

#include <algorithm>

namespace varve::core {
namespace {

standing standing_of(const history& owner, std::size_t position, const ledger_entry& row) {
    if (row.state == entry_state::running || row.state == entry_state::reverting) return standing::unfinished;
    return same_checksum(owner, position, direction::up, row.checksum) ? standing::applied : standing::edited;
}

}  // namespace

const compared_migration* compared_history::find(std::int64_t version) const {
    const auto found = positions.find(version);
    return found == positions.end() ? nullptr : &migrations[found->second];
}

const ledger_entry* compared_history::active_row(std::int64_t version) const {
    if (const auto* known = find(version)) return known->row;
    const auto found =
        std::find_if(unknown.begin(), unknown.end(), [&](const ledger_entry* row) { return row->version == version; });
    return found == unknown.end() ? nullptr : *found;
}

bool compared_history::any_active() const {
    return !unknown.empty() ||
           std::any_of(migrations.begin(), migrations.end(), [](const auto& each) { return each.row != nullptr; });
}

bool same_checksum(const history& owner, std::size_t position, direction which, std::string_view text) {
    const auto recorded = checksum_from(text);
    if (!recorded) return false;
    const migration embedded = owner[position];
    const script chosen = which == direction::up ? embedded.up() : embedded.down();
    if (chosen.checksum() == *recorded) return true;
    return std::any_of(owner.other_checksums.begin(), owner.other_checksums.end(), [&](const other_checksum& other) {
        return other.migration == position && other.which == which && other.checksum == *recorded;
    });
}

bool is_active_migration(const ledger_entry& row) { return row.slot && row.version && row.slot->starts_with("v:"); }

compared_history compare(const history& owner, const ledger_snapshot& ledger) {
    compared_history result;
    result.owner = &owner;
    result.migrations.reserve(owner.size());
    for (std::size_t position = 0; position < owner.size(); ++position) {
        result.migrations.push_back({.embedded = owner[position]});
        result.positions.emplace(owner[position].version(), position);
    }
    for (const auto& row : ledger.entries) {
        if (row.history != owner.name || !is_active_migration(row)) continue;
        const auto found = result.positions.find(*row.version);
        if (found == result.positions.end()) {
            result.unknown.push_back(&row);
            continue;
        }
        auto& known = result.migrations[found->second];
        known.row = &row;
        known.is = standing_of(owner, found->second, row);
    }
    return result;
}

std::vector<compared_history> compare(const histories& all, const ledger_snapshot& ledger) {
    std::vector<compared_history> result;
    for (const history* each : all.all()) result.push_back(compare(*each, ledger));
    return result;
}

}  // namespace varve::core
