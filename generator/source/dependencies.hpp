#pragma once

#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

namespace varve::generator {

/// Whether the order of the migrations is known: with a damaged lock file it is not.
enum class order_known : std::uint8_t { yes, no };

/// Checks the dependencies inside a history: unknown versions (M020), a migration on itself (M021), on a later one
/// (M022), in a circle (M023). Those on other histories are checked when the program runs.
void check_dependencies(const history_source&, order_known, diagnostics&);

}  // namespace varve::generator
