#pragma once

#include <memory>
#include <optional>
#include <stop_token>

namespace varve::cli {

/// While it lives, SIGINT and SIGTERM ask to stop. A second one, of either kind, does what it does without a handler:
/// it ends the process. What the program ignores stays ignored, and the handlers it had are put back at the end. One at
/// a time in a process: a second one, of another thread, hears nothing.
class stop_signals {
public:
    stop_signals();
    stop_signals(const stop_signals&) = delete;
    stop_signals& operator=(const stop_signals&) = delete;
    ~stop_signals();

    [[nodiscard]] std::stop_token asked() const { return asked_.get_token(); }

private:
    class listener;

    std::stop_source asked_;
    std::unique_ptr<listener> listener_;
};

/// What stops an operation: the token that the program chose, else the signals, which `listening` hears from now on.
[[nodiscard]] std::stop_token stop_or_signals(std::stop_token chosen, std::optional<stop_signals>& listening);

}  // namespace varve::cli
