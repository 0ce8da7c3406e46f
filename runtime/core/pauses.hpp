#pragma once

#include "watcher.hpp"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace varve::core {

/// Throws `cancelled` if it was asked to stop.
void check_stop(const std::stop_token&);

/// Sleeps. Throws `cancelled` as soon as it is asked to stop.
void pause(std::chrono::milliseconds, const std::stop_token&);

/// Between two questions of whoever waits for somebody else, by asking again and again: 20 ms at first, up to a second,
/// until a deadline. A wait inside the database would make CREATE INDEX CONCURRENTLY deadlock.
class pauses {
public:
    pauses(watcher& told, std::chrono::milliseconds longest, std::stop_token stop);

    /// Something went on: the time to wait begins anew.
    void start_over();

    [[nodiscard]] bool are_over() const;
    /// What is waited for, if that is news.
    void tell(std::string_view what);
    /// Never beyond the deadline. Throws `cancelled` as soon as it is asked to stop.
    void sleep();

private:
    watcher& told_;
    std::chrono::milliseconds longest_;
    std::stop_token stop_;
    std::chrono::steady_clock::time_point deadline_;
    std::chrono::milliseconds next_;
    std::optional<std::string> waited_for_;
};

}  // namespace varve::core
