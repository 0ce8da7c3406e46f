#pragma once

#include <replay/replay_options.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

namespace varve::generator {

/// Reports what the oldest SQLite that the scripts are to run on does not have (M610): an error in a draft, a warning
/// in a released migration. Does nothing if no version was asked for.
void check_target_version(const history_source&, const replay_options&, diagnostics&);

}  // namespace varve::generator
