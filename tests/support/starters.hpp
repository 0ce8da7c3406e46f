#pragma once

#include <functional>

namespace varve::testing {

/// Starts processes that all begin at the same moment, and counts those that ended well: an exception, which is
/// printed, is not well. They are forks of the test program: call it before that has threads.
[[nodiscard]] int successful_starts(int count, const std::function<void()>& start);

}  // namespace varve::testing
