#pragma once

#include <varve/engine.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace varve::core {

/// Whether the caller asked an operation to stop. If that is possible at all, a thread of its own waits for it, and
/// interrupts the engine again and again while it does what may be interrupted: a single cancelling that came between
/// two statements would be lost.
class stopping {
public:
    stopping(engine&, std::stop_token);
    stopping(const stopping&) = delete;
    stopping& operator=(const stopping&) = delete;
    ~stopping();

    /// Throws `cancelled` if it was asked to stop.
    void check() const;

    /// While it lives, the engine is interrupted if it is asked to stop. Then nothing interrupts what is left to be
    /// done: rolling back, asking the ledger.
    class interruptible {
    public:
        explicit interruptible(stopping&);
        interruptible(const interruptible&) = delete;
        interruptible& operator=(const interruptible&) = delete;
        ~interruptible();

    private:
        stopping& of_;
    };

private:
    void interrupt_when_asked();

    engine& database_;
    std::stop_token asked_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool inside_ = false;
    bool over_ = false;
    std::thread interrupter_;
};

}  // namespace varve::core
