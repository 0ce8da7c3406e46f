#pragma once

#include "run.hpp"

namespace varve::core {

/// Tries again what found a table locked: a migration that gives up in time and comes back keeps the application
/// waiting for seconds at most, however long somebody else's query takes.
class lock_retries {
public:
    lock_retries(run& of, watcher& told) : run_(of), told_(told) {}

    /// True if it is to be tried again: tells it, and waits. The first wait is a tenth of the time that was waited for
    /// the lock, each one after it twice as long.
    [[nodiscard]] bool again(const error&, const step&, const time_limits&);
    /// The failure of the last try, with the number of tries.
    [[nodiscard]] error last(const error&) const;

private:
    run& run_;
    watcher& told_;
    int tries_ = 1;
};

}  // namespace varve::core
