#pragma once

#include <varve/ledger.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// What to do about a script without a transaction that stopped in the middle.
namespace varve::core {

enum class verdict : std::uint8_t {
    resumable,  ///< the next statement was not begun, or the database refused it
    in_doubt,   ///< the next one was begun and nobody knows whether it took effect
    changed,    ///< a finished one reads differently in this program
    unrecorded  ///< the ledger does not say which statements there were
};

struct unfinished_script {
    verdict is = verdict::unrecorded;
    std::size_t finished = 0;
    std::size_t total = 0;
    std::size_t statement = 0;             ///< 1-based: the next one, or the one that changed
    const stored_statement* at = nullptr;  ///< as recorded; null if there is none
};

/// `recorded`: as read from the ledger, by position. `program`: the checksums of the script that would go on.
/// `examined`: what was found out about statements that were begun; of others too.
[[nodiscard]] unfinished_script examine(std::span<const stored_statement* const> recorded,
                                        std::span<const std::string> program,
                                        std::span<const examined_statement> examined);

/// How many of the first statements the ledger says are done.
[[nodiscard]] std::size_t count_done(std::span<const stored_statement* const> recorded);

/// The statements of one row and direction in a snapshot, by position; without position 0.
[[nodiscard]] std::vector<const stored_statement*> statements_of(const ledger_snapshot&, std::int64_t ledger_id,
                                                                 direction);

/// Whether what the ledger recorded is the script, statement by statement.
[[nodiscard]] bool same_statements(std::span<const stored_statement* const> recorded,
                                   std::span<const std::string> program);

}  // namespace varve::core
