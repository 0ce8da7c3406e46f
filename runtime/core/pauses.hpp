#pragma once

#include <chrono>

namespace varve::core {

/// How long to sleep between two questions: 20 ms at first, up to a second, until a deadline.
class pauses {
public:
    explicit pauses(std::chrono::milliseconds longest);

    [[nodiscard]] bool are_over() const;
    /// Never beyond the deadline.
    void sleep();

private:
    std::chrono::steady_clock::time_point deadline_;
    std::chrono::milliseconds next_;
};

}  // namespace varve::core
