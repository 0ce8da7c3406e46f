#pragma once

#include <varve/engine.hpp>
#include <varve/plan.hpp>

namespace varve::core {

/// Runs the migrations of the histories that a ledger of another database says are applied.
void replay_applied(engine& scratch, const histories&, const ledger_snapshot& elsewhere);
/// Makes the complete schema of each history: by its master file where there is one, else by its migrations.
void make_complete(engine& scratch, const histories&);

}  // namespace varve::core
