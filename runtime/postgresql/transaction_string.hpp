#pragma once

#include "performing.hpp"
#include "script_block.hpp"

#include <string>

/// A whole transaction as one string of SQL.
namespace varve::postgresql {

/// Whether the string is the transaction, or contains several.
enum class standing : std::uint8_t {
    alone,        ///< without BEGIN and COMMIT: an error leaves no aborted transaction behind
    among_others  ///< between BEGIN and COMMIT
};

/// The statements of the scripts; notes the time where the ledger's rows need it.
[[nodiscard]] script_block block_of(const performance&, standing);

/// Settings, guard, scripts, ledger rows and, as the last statement, the proof.
[[nodiscard]] std::string text_of_transaction(const performance&, const script_block&, standing);

}  // namespace varve::postgresql
