#pragma once

#include "pauses.hpp"

#include <varve/engine.hpp>

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

namespace varve::core {

/// Waits while somebody else works on the same database.
class patience {
public:
    patience(engine& database, watcher& told, std::stop_token stop, std::chrono::milliseconds lock_wait);

    /// Something went on: the time to wait begins anew.
    void start_over();

    /// Once more: tells who is waited for, if that is news, and sleeps. Throws `lock_timeout` at the deadline,
    /// `cancelled` if it is asked to stop.
    void wait();

    /// The same for somebody whose work shows in the ledger; false at the deadline.
    [[nodiscard]] bool wait_for(const std::string& who);

    /// Counts a plan that has to be made again. Throws `lock_timeout` if that goes on past the deadline.
    void plan_again();

private:
    [[noreturn]] void give_up(std::string_view message) const;

    engine& database_;
    std::chrono::milliseconds lock_wait_;
    pauses pauses_;
    int plans_ = 0;
};

/// Holds an engine's lock, from `take` to the end of the scope.
class run_lock {
public:
    run_lock(engine& database, patience& waiting) : database_(database), waiting_(waiting) {}
    run_lock(const run_lock&) = delete;
    run_lock& operator=(const run_lock&) = delete;
    ~run_lock();

    /// False if `settled` became true while somebody else had the lock: then it is not needed any more.
    [[nodiscard]] bool take(const std::function<bool()>& settled);
    /// After a connection was lost, and the lock with it.
    void take_again(patience& waiting);

private:
    engine& database_;
    patience& waiting_;
    bool held_ = false;
};

}  // namespace varve::core
