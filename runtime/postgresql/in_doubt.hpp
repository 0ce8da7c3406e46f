#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace varve::postgresql {

/// What became of a batch whose answer was lost.
enum class resolution : std::uint8_t { kept, nothing_kept, unknown };

/// The session that was lost.
struct lost_session {
    int process = 0;        ///< the server process it said it was, a pooler's invention perhaps; 0 if not known
    bool had_lock = false;  ///< it held the session lock, so `process` is real
};

/// As SQL: how many batches, from the front, are in the ledger.
[[nodiscard]] std::string text_to_count_kept(std::span<const batch>, const ledger_names&, connection&);

/// Connects again, waits until the server has finished with the lost session, and counts in the ledger how many
/// batches, from the front, were kept. Empty if that cannot be known.
[[nodiscard]] std::optional<std::size_t> count_kept(connection&, const ledger_names&, std::span<const batch>,
                                                    lost_session);

/// The same for one batch.
[[nodiscard]] resolution resolve(connection&, const ledger_names&, const batch&, lost_session);

}  // namespace varve::postgresql
