#include "patience.hpp"

#include "raise.hpp"

#include <algorithm>

namespace varve::core {
namespace {

using namespace std::chrono_literals;

constexpr auto shortest_pause = 20ms;
constexpr auto longest_pause = 1000ms;
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(24 * 365);  // the clock cannot overflow
constexpr int plans_without_a_deadline = 5;

}  // namespace

patience::patience(engine& database, watcher& told, stopping& stop, std::chrono::milliseconds lock_wait)
    : database_(database), told_(told), stop_(stop), lock_wait_(std::min(lock_wait, longest_wait)) {
    start_over();
}

void patience::start_over() {
    deadline_ = std::chrono::steady_clock::now() + lock_wait_;
    pause_ = shortest_pause;
    plans_ = 0;
}

void patience::wait() {
    const std::string holder = database_.lock_holder();
    tell_waiting(holder);
    if (is_over()) give_up(joined({holder.empty() ? "another process" : holder, " is migrating this database"}));
    sleep();
}

bool patience::wait_for(const std::string& who) {
    if (is_over()) return false;
    tell_waiting(who);
    sleep();
    return true;
}

void patience::tell_waiting(const std::string& who) {
    if (holder_ == who) return;
    holder_ = who;
    told_.tell({.kind = event_kind::waiting, .message = *holder_});
}

void patience::sleep() {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    stop_.sleep(std::clamp(left, std::chrono::milliseconds(0), pause_));
    pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, longest_pause);
}

void patience::plan_again() {
    ++plans_;
    if (plans_ < plans_without_a_deadline || !is_over()) return;
    give_up("other processes change the ledger of this database again and again");
}

void patience::give_up(std::string_view message) const {
    raise(error_code::lock_timeout, {message, "; waited ", lock_wait_.count(), " ms for it"},
          "run this again when it has finished, or allow a longer wait: `--lock-wait SECONDS`");
}

run_lock::~run_lock() {
    if (held_) database_.unlock();
}

bool run_lock::take(const std::function<bool()>& settled) {
    while (!database_.try_lock()) {
        waiting_.wait();
        if (settled && settled()) return false;
    }
    held_ = true;
    return true;
}

void run_lock::take_again(patience& waiting) {
    while (!database_.try_lock()) waiting.wait();
    held_ = true;
}

}  // namespace varve::core
