#pragma once

#include <varve/engine.hpp>
#include <varve/plan.hpp>

namespace varve::core {

/// Looks in the database what became of statements that were begun, and of which nobody noted the end: fills
/// `examined` of a snapshot that has the progress of unfinished scripts. A statement that this program does not have,
/// or that has no probe, is left out: only a person can tell.
void examine_begun(engine&, const histories&, ledger_snapshot&);

}  // namespace varve::core
