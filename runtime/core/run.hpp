#pragma once

#include "ledger_rows.hpp"
#include "patience.hpp"
#include "stopping.hpp"
#include "watcher.hpp"

#include <varve/migrate.hpp>

#include <optional>
#include <span>
#include <vector>

namespace varve::core {

/// What an operation knows while it runs under the lock.
struct run {
    run(engine& on, const options& wanted);

    engine& database;
    const options& how;
    author who;
    watcher told;
    stopping stop;
    patience waiting;
    run_lock lock;
    ledger_snapshot ledger;                ///< what the plan saw
    std::optional<std::int64_t> revision;  ///< the newest id, ours included; empty: there is no ledger
    std::vector<step> done;
};

/// What became of a change whose commit was not confirmed.
enum class fate : std::uint8_t {
    kept,     ///< it is in the ledger
    nothing,  ///< it is not, and nothing else happened either
    moved,    ///< the ledger is at another revision
    unknown   ///< the ledger cannot be read
};
[[nodiscard]] fate fate_of(run&, const error&, std::span<const action>);

/// Adds what is known about the step and what was done before it.
[[nodiscard]] error completed(const run&, const error&, const step*, fate);

/// Reads what a plan needs: the active rows and the progress of scripts that stopped in the middle.
[[nodiscard]] ledger_snapshot read_ledger(engine&, const histories&);
/// The same, and the kept downs of what the program cannot revert by itself.
[[nodiscard]] ledger_snapshot read_ledger_with_downs(engine&, const histories&);
/// Which of the two a plan to apply needs.
using ledger_reader = ledger_snapshot (*)(engine&, const histories&);
[[nodiscard]] ledger_reader reader_for(newer_database);

}  // namespace varve::core
