#include "lock_retries.hpp"

#include "pauses.hpp"
#include "text.hpp"

#include <algorithm>

namespace varve::core {
namespace {

using std::chrono::milliseconds;

constexpr int most_tries = 5;
constexpr milliseconds shortest_wait{20};
constexpr milliseconds usual_wait{300};  // a deadlock without a limit of time
constexpr milliseconds longest_pause_between_tries{5000};

milliseconds wait_before(int retry, const time_limits& limits) {
    const milliseconds limit = limits.lock.value_or(milliseconds(0));
    const milliseconds first = limit.count() == 0 ? usual_wait : std::max(limit / 10, shortest_wait);
    return std::min(first * (1 << (retry - 1)), longest_pause_between_tries);
}

}  // namespace

bool lock_retries::again(const error& failure, const step& at, const time_limits& limits) {
    if (failure.code() != error_code::table_locked || tries_ == most_tries) return false;
    const milliseconds wait = wait_before(tries_, limits);
    ++tries_;
    told_.tell_step(
        event_kind::retried, at,
        joined({failure.details().message, "; try ", tries_, " of ", most_tries, " in ", wait.count(), " ms"}));
    pause(wait, run_.how.stop);
    return true;
}

error lock_retries::last(const error& failure) const {
    if (tries_ == 1) return failure;
    error_details details = failure.details();
    append(details.message, {"; tried ", tries_, " times"});
    return error(std::move(details));
}

}  // namespace varve::core
