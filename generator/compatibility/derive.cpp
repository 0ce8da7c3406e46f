#include <compatibility/derive.hpp>

#include <compatibility/breaking_changes.hpp>
#include <schema/script_changes.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator {

void derive_compatibility(history_source& history) {
    auto& all = history.migrations;
    const auto last_draft = std::find_if(all.rbegin(), all.rend(), [](const auto& each) { return !each.released; });
    const auto count = static_cast<std::size_t>(all.rend() - last_draft);
    schema now(history.engine);
    std::optional<schema> released;
    for (std::size_t index = 0; index < count; ++index) {
        migration_source& migration = all[index];
        if (migration.code) {
            now.apply(any_change(), index);
            continue;
        }
        const auto changes = changes_of(migration.up, history.engine);
        if (migration.released) {
            for (const statement_change& each : changes) now.apply(each, index);
            continue;
        }
        if (!released) released = now;
        std::string why = breaking_changes({*released, history, index}, changes, now);
        const directives& said = migration.up.directives;
        if (said.breaks_older || said.compatible || why.empty()) continue;
        migration.breaks_older = true;
        migration.breaks_older_why = std::move(why);
    }
}

}  // namespace varve::generator
