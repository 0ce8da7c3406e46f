#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

namespace varve::postgresql {

/// What became of a batch whose answer was lost.
enum class resolution : std::uint8_t { kept, nothing_kept, unknown };

/// The session that was lost.
struct lost_session {
    int process = 0;        ///< the server process it said it was, a pooler's invention perhaps; 0 if not known
    bool had_lock = false;  ///< it held the session lock, so `process` is real
};

/// Connects again, waits until the server has finished with the lost session, and looks into the ledger.
[[nodiscard]] resolution resolve(connection&, const ledger_names&, const batch&, lost_session);

}  // namespace varve::postgresql
