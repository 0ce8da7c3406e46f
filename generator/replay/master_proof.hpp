#pragma once

#include <replay/effects.hpp>
#include <replay/replay_options.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

namespace varve::generator {

class memory_database;

/// What the migrations made.
struct replayed_history {
    const memory_database& database;
    const names& unreliable;  ///< objects that it would have, had everything been replayed
};

/// Runs the master file on a database of its own. Reports what of it SQLite refuses (M620), what of the schema is not
/// the same as the migrations make (M621), and tables that only they fill (M622).
void prove_master(const history_source&, const replay_options&, const replayed_history&, diagnostics&);

}  // namespace varve::generator
