#pragma once

#include <varve/plan.hpp>

#include <cstdint>

namespace varve::core {

/// How a history that has no active row becomes complete.
enum class way_to_begin : std::uint8_t {
    run_master,  ///< its master file is run
    record_only  ///< what it makes is there already
};

/// Runs the master file, if so, and records every migration. No step, and a note, if any of the history is applied.
[[nodiscard]] plan plan_init(const history&, const ledger_snapshot&, way_to_begin);

}  // namespace varve::core
