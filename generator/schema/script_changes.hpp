#pragma once

#include <schema/changes.hpp>
#include <source/migration_source.hpp>

#include <vector>

namespace varve::generator {

/// What each statement of a script does, in their order: from PostgreSQL's parse tree where there is one, else from the
/// tokens, as far as these tell. A statement that cannot be understood is an `other_statement`. Never fails.
[[nodiscard]] std::vector<statement_change> changes_of(const script_source&, engine_kind);

/// What stands for a migration written in C++: nobody knows what it changes.
[[nodiscard]] inline statement_change any_change() { return {.what = run_code{"C++"}, .constants = {}}; }

}  // namespace varve::generator
