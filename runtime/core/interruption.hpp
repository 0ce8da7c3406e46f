#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace varve::core {

/// What an engine does just now, for a thread that wants to cancel it. An engine opens a `scope` for each call that may
/// be interrupted, and a `call` for each statement in it that can be cancelled.
class interruption {
public:
    interruption() = default;
    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

    class scope {
    public:
        explicit scope(interruption&);
        scope(const scope&) = delete;
        scope& operator=(const scope&) = delete;
        ~scope();

    private:
        interruption& of_;
    };

    /// How a statement is cancelled: `cancel(subject)`.
    struct way {
        void (*cancel)(void* subject) noexcept = nullptr;
        void* subject = nullptr;
    };
    /// While it lives, `ask` cancels. Its end waits for a cancelling that is going on, so that what is sent next is not
    /// hit.
    class call {
    public:
        call(interruption&, way);
        call(const call&) = delete;
        call& operator=(const call&) = delete;
        ~call();

    private:
        interruption& of_;
    };

    /// By another thread: cancels what runs, ends naps. No effect outside a scope.
    void ask() noexcept;
    /// Whether it was asked in the scope that is open now.
    [[nodiscard]] bool was_asked() const;
    /// Sleeps; false as soon as it was asked.
    [[nodiscard]] bool nap(std::chrono::milliseconds);

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    way running_{};
    bool in_scope_ = false;
    bool asked_ = false;
};

}  // namespace varve::core
