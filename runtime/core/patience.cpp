#include "patience.hpp"

#include "raise.hpp"

#include <utility>

namespace varve::core {
namespace {

constexpr int plans_without_a_deadline = 5;

}  // namespace

patience::patience(engine& database, watcher& told, std::stop_token stop, std::chrono::milliseconds lock_wait)
    : database_(database), lock_wait_(lock_wait), pauses_(told, lock_wait, std::move(stop)) {}

void patience::start_over() {
    pauses_.start_over();
    plans_ = 0;
}

void patience::wait() {
    const std::string holder = database_.lock_holder();
    pauses_.tell(holder);
    if (pauses_.are_over())
        give_up(joined({holder.empty() ? "another process" : holder, " is migrating this database"}));
    pauses_.sleep();
}

bool patience::wait_for(const std::string& who) {
    if (pauses_.are_over()) return false;
    pauses_.tell(who);
    pauses_.sleep();
    return true;
}

void patience::plan_again() {
    ++plans_;
    if (plans_ < plans_without_a_deadline || !pauses_.are_over()) return;
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
