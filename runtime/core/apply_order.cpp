#include "apply_order.hpp"

#include "naming.hpp"

#include <algorithm>
#include <string>

namespace varve::core {
namespace {

std::string needed(std::string_view history, std::int64_t version) { return joined({history, " ", version}); }

problem not_there(const migration& dependent, std::string_view history, std::int64_t version) {
    const std::string what = needed(history, version);
    return problem_with(problem_kind::dependency, dependent,
                        {label(dependent), " depends on ", what, ", which is neither applied nor about to be"},
                        {"apply ", what, " first: pass its history in the same call, or migrate it before"});
}

problem circular(const migration& dependent) {
    return problem_with(problem_kind::dependency, dependent,
                        {label(dependent), " depends on itself, by way of another history"},
                        {"remove one of the `depends` directives between the two histories"});
}

}  // namespace

apply_order::apply_order(std::span<const compared_history> all, const ledger_snapshot& ledger, plan& problems)
    : all_(all), ledger_(ledger), problems_(problems) {
    for (const auto& each : all) progress_.emplace_back(each.migrations.size(), progress::untouched);
}

void apply_order::place_until(std::size_t history, std::size_t limit) {
    for (std::size_t position = 0; position < limit; ++position) {
        const standing is = all_[history].migrations[position].is;
        if (is == standing::pending || is == standing::unfinished) place(history, position);
    }
}

void apply_order::place(std::size_t history, std::size_t position) {
    const migration& here = all_[history].migrations[position].embedded;
    if (progress_[history][position] == progress::placed) return;
    if (progress_[history][position] == progress::begun) {
        problems_.problems.push_back(circular(here));
        return;
    }
    progress_[history][position] = progress::begun;
    for (const dependency& each : here.dependencies()) place_dependency(here, each);
    progress_[history][position] = progress::placed;
    placed_.emplace_back(history, position);
}

void apply_order::place_dependency(const migration& dependent, const dependency& on) {
    const std::string_view name = on.history.empty() ? dependent.owner().name : on.history;
    if (is_applied(name, on.version)) return;
    const std::size_t history = index_of(name);
    const compared_migration* found = history < all_.size() ? all_[history].find(on.version) : nullptr;
    if (found == nullptr) {
        problems_.problems.push_back(not_there(dependent, name, on.version));
        return;
    }
    place_until(history, static_cast<std::size_t>(found - all_[history].migrations.data()) + 1);
}

bool apply_order::is_applied(std::string_view history, std::int64_t version) const {
    const std::size_t index = index_of(history);
    if (index < all_.size()) {
        const auto* known = all_[index].find(version);
        if (known != nullptr) return known->is == standing::applied || known->is == standing::edited;
    }
    return std::any_of(ledger_.entries.begin(), ledger_.entries.end(), [&](const ledger_entry& row) {
        return is_active_migration(row) && row.history == history && row.version == version &&
               row.state == entry_state::applied;
    });
}

std::size_t apply_order::index_of(std::string_view history) const {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.owner->name == history; });
    return static_cast<std::size_t>(found - all_.begin());
}

}  // namespace varve::core
