#pragma once

#include <schema/changes.hpp>
#include <schema/probe_source.hpp>
#include <source/migration_source.hpp>
#include <varve/history.hpp>

#include <optional>
#include <span>
#include <vector>

namespace varve::generator {

/// The probe of a statement of a script that runs without a transaction, behind the `earlier` ones. Nothing where only
/// a person can tell: in doubt there is no probe, because a wrong one runs a statement twice or never.
[[nodiscard]] std::optional<probe_source> probe_of(const statement_change&, std::span<const statement_change> earlier,
                                                   const script_source&, engine_kind);

/// For each statement of a script.
[[nodiscard]] std::vector<std::optional<probe_source>> probes_of(const script_source&, engine_kind);

}  // namespace varve::generator
