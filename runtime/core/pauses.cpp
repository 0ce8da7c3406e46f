#include "pauses.hpp"

#include <algorithm>
#include <thread>

namespace varve::core {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds a_year = std::chrono::hours(24 * 365);  // the clock cannot overflow

}  // namespace

pauses::pauses(std::chrono::milliseconds longest) : deadline_(clock::now() + std::min(longest, a_year)), next_(20ms) {}

bool pauses::are_over() const { return clock::now() >= deadline_; }

void pauses::sleep() {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock::now());
    std::this_thread::sleep_for(std::clamp<std::chrono::milliseconds>(left, 0ms, next_));
    next_ = std::min<std::chrono::milliseconds>(next_ * 2, 1000ms);
}

}  // namespace varve::core
