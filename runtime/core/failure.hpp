#pragma once

#include "perform.hpp"
#include "run.hpp"

namespace varve::core {

/// After the guard of a batch refused: waits if somebody else is writing.
[[nodiscard]] performed after_refusal(run& of, watcher& told, outcome how, const step& first);

/// Tells that a step failed, and throws with what was done before it.
[[noreturn]] void fail(run& of, watcher& told, const error& failure, const step* at, fate found);

/// The server or the database may still come: somebody is about to start or to create it.
[[nodiscard]] bool may_still_come(const error&);

}  // namespace varve::core
