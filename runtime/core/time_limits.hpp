#pragma once

#include <varve/engine.hpp>
#include <varve/migrate.hpp>

namespace varve::core {

/// What the directives of a script say.
[[nodiscard]] time_limits limits_of(const script_limits&);

/// The limits under which a script is run: its own, or those of the options.
[[nodiscard]] time_limits limits_for(const time_limits& own, const options&);

/// Throws `invalid_argument` for a limit that no server could hold.
void check_limits(const options&);

}  // namespace varve::core
