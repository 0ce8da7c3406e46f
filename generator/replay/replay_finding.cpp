#include <replay/replay_finding.hpp>

namespace varve::generator {
namespace {

location location_of(const script_place& place, const history_source& history) {
    const migration_source& migration = migration_at(history, place.migration);
    const script_source& script = place.which == direction::up ? migration.up : *migration.down;
    return script.file.location_of(place.offset);
}

}  // namespace

const migration_source& migration_at(const history_source& history, std::size_t index) {
    return index == history.migrations.size() ? history.master.value() : history.migrations.at(index);
}

diagnostic to_diagnostic(const replay_finding& found, const history_source& history) {
    diagnostic result{found.level, found.code, location_of(found.where, history), found.message, found.hint, {}};
    for (const auto& each : found.notes) result.notes.push_back({location_of(each.where, history), each.message});
    return result;
}

}  // namespace varve::generator
