#include "pauses.hpp"

#include "raise.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace varve::core {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds shortest_pause = 20ms;
constexpr std::chrono::milliseconds longest_pause = 1000ms;
constexpr std::chrono::milliseconds a_year = std::chrono::hours(24 * 365);  // the clock cannot overflow

}  // namespace

void check_stop(const std::stop_token& asked) {
    if (!asked.stop_requested()) return;
    raise(error_code::cancelled, {"stopped as asked"}, "start again: the next start goes on from there");
}

void pause(std::chrono::milliseconds time, const std::stop_token& asked) {
    std::mutex mutex;
    std::condition_variable_any nobody;
    std::unique_lock<std::mutex> held(mutex);
    nobody.wait_for(held, asked, time, [] { return false; });
    check_stop(asked);
}

pauses::pauses(watcher& told, std::chrono::milliseconds longest, std::stop_token stop)
    : told_(told), longest_(std::min(longest, a_year)), stop_(std::move(stop)) {
    start_over();
}

void pauses::start_over() {
    deadline_ = clock::now() + longest_;
    next_ = shortest_pause;
}

bool pauses::are_over() const { return clock::now() >= deadline_; }

void pauses::tell(std::string_view what) {
    if (waited_for_ == what) return;
    waited_for_ = what;
    told_.tell({.kind = event_kind::waiting, .message = *waited_for_});
}

void pauses::sleep() {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock::now());
    pause(std::clamp<std::chrono::milliseconds>(left, 0ms, next_), stop_);
    next_ = std::min(next_ * 2, longest_pause);
}

}  // namespace varve::core
