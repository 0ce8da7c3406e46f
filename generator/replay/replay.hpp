#pragma once

#include <replay/replay_finding.hpp>
#include <replay/replay_options.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace varve::generator {

/// What a replay did.
struct replay_report {
    std::size_t migrations = 0;  ///< of the history
    std::size_t replayed = 0;    ///< now; the others were taken from the cache
    /// What drafts that rebuild a table lose (M611 to M613). Not reported: `lint()` decides whether, and how bad it is.
    std::vector<replay_finding> rebuilds;
};

/// Runs a SQLite history on a database in memory, each down right after its up and then the up again, and reports what
/// fails and what a down does not undo (M601 to M608); then whether the master file makes the same (M620 to M622). Does
/// nothing for PostgreSQL, or if it is switched off. `history` has passed every other check.
replay_report replay(const history_source& history, const replay_options&, diagnostics&);

/// What `varve --version` says: `3.40.1`, or nothing if this generator was built without SQLite.
[[nodiscard]] std::string replaying_sqlite();

}  // namespace varve::generator
