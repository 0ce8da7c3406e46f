#pragma once

#include "run.hpp"

#include <varve/engine.hpp>
#include <varve/plan.hpp>
#include <varve/transaction.hpp>

#include <functional>
#include <span>
#include <string_view>

/// C++ in the transactions of varve: migrations written in it, and the hooks of the program.
namespace varve::core {

/// What the step runs instead of statements; null if it runs statements, or nothing.
[[nodiscard]] const coded_migration* code_of(const step&);
/// Whether the step is performed in many transactions, one for each batch.
[[nodiscard]] bool runs_in_batches(const step&);

/// Code of somebody else's, and where it belongs. Refers to all of it.
struct called_code {
    std::string_view who;  ///< the subject of the message if it throws what is no `varve::error`: "the migration"
    const step& what;
    const runnable& script;
    watcher& told;
};

/// Calls it in a transaction. What an observer threw leaves unchanged.
void call_code(const called_code&, transaction_access&, const std::function<void(transaction_access&)>& code);

/// The program's hooks for a step; empty where it has none, or the step runs nothing. Refers to the arguments.
[[nodiscard]] transaction_code hook_before(run&, const step&, const runnable&, watcher&);
[[nodiscard]] transaction_code hook_after(run&, const step&, const runnable&, watcher&);

/// Gives actions what they run beside statements. It refers to the actions, the steps and the run.
void add_code(std::span<action>, std::span<const step>, run&, watcher&);

}  // namespace varve::core
