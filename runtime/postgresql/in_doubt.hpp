#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

namespace varve::postgresql {

/// What became of a batch whose answer was lost.
enum class resolution : std::uint8_t { kept, nothing_kept, unknown };

/// Connects again, waits until the server has finished with the lost session, and looks into the ledger.
/// `lost_process` is the server process that had the lost session; 0 if it is not known.
[[nodiscard]] resolution resolve(connection&, const ledger_names&, const batch&, int lost_process);

}  // namespace varve::postgresql
