#pragma once

#include <replay/replay_finding.hpp>
#include <replay/schema_objects.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <vector>

namespace varve::generator {

/// The up script drops a table: the only ones that check_rebuilds() has to look at.
[[nodiscard]] bool drops_a_table(const migration_source&);

/// What an up script that drops a table and makes it anew lost with the old one: indexes and triggers (M611), the rows
/// of tables that refer to it, if foreign keys are on (M612), and the numbers that AUTOINCREMENT has given (M613).
/// `changes` is what the script changed in `before`.
[[nodiscard]] std::vector<replay_finding> check_rebuilds(const migration_source&, std::size_t migration,
                                                         const schema_objects& before, const object_changes& changes);

/// Whether check_rebuilds() found it.
[[nodiscard]] bool is_about_a_rebuild(const replay_finding&);

}  // namespace varve::generator
