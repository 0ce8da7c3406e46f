#include <replay/replay.hpp>

#include <replay/explain_failure.hpp>
#include <replay/memory_database.hpp>
#include <replay/migration_replay.hpp>

#include <algorithm>

namespace varve::generator {
namespace {

bool has_variables(const script_source& script) {
    return std::ranges::any_of(script.script.statements, [](const auto& each) { return !each.variables.empty(); });
}

/// The runtime joins names in there: such a text is no SQL yet. Only varve's own ledger has any.
bool has_variables(const history_source& history) {
    return std::ranges::any_of(history.migrations, [](const migration_source& each) {
        return has_variables(each.up) || (each.down && has_variables(*each.down));
    });
}

}  // namespace

replay_report replay(const history_source& history, const replay_options& options, diagnostics& found) {
    replay_report report{.migrations = history.migrations.size()};
    if (options.mode == replay_mode::off || history.engine != engine_kind::sqlite || has_variables(history))
        return report;
    memory_database database(options);
    migration_replay replaying(database, history, options);
    for (std::size_t i = 0; i < history.migrations.size() && !replaying.stopped(); ++i) {
        replaying.run(i);
        ++report.replayed;
    }
    for (const replay_finding& each : replaying.findings()) found.report(to_diagnostic(each, history));
    return report;
}

std::string replaying_sqlite() { return sqlite_library_version(); }

}  // namespace varve::generator
