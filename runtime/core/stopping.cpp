#include "stopping.hpp"

#include "pauses.hpp"

#include <utility>

namespace varve::core {
namespace {

using namespace std::chrono_literals;

constexpr auto between_two_interruptions = 100ms;

}  // namespace

stopping::stopping(engine& database, std::stop_token asked) : database_(database), asked_(std::move(asked)) {
    if (asked_.stop_possible()) interrupter_ = std::thread([this] { interrupt_when_asked(); });
}

stopping::~stopping() {
    if (!interrupter_.joinable()) return;
    {
        const std::lock_guard<std::mutex> guard(mutex_);
        over_ = true;
        changed_.notify_all();
    }
    interrupter_.join();
}

void stopping::check() const { check_stop(asked_); }

void stopping::interrupt_when_asked() {
    std::unique_lock<std::mutex> guard(mutex_);
    changed_.wait(guard, asked_, [this] { return over_; });
    while (!over_) {
        if (inside_) database_.interrupt();
        changed_.wait_for(guard, between_two_interruptions, [this] { return over_; });
    }
}

stopping::interruptible::interruptible(stopping& of) : of_(of) {
    of_.check();
    const std::lock_guard<std::mutex> guard(of_.mutex_);
    of_.inside_ = true;
}

stopping::interruptible::~interruptible() {
    const std::lock_guard<std::mutex> guard(of_.mutex_);
    of_.inside_ = false;
}

}  // namespace varve::core
