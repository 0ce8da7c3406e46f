#include "interruption.hpp"

namespace varve::core {

using locked = std::lock_guard<std::mutex>;

interruption::scope::scope(interruption& of) : of_(of) {
    const locked guard(of_.mutex_);
    of_.in_scope_ = true;
    of_.asked_ = false;
}

interruption::scope::~scope() {
    const locked guard(of_.mutex_);
    of_.in_scope_ = false;
    of_.asked_ = false;
}

interruption::call::call(interruption& of, way how) : of_(of) {
    const locked guard(of_.mutex_);
    of_.running_ = how;
}

interruption::call::~call() {
    const locked guard(of_.mutex_);
    of_.running_ = {};
}

void interruption::ask() noexcept {
    const locked guard(mutex_);
    if (!in_scope_) return;
    asked_ = true;
    changed_.notify_all();
    if (running_.cancel != nullptr) running_.cancel(running_.subject);
}

bool interruption::was_asked() const {
    const locked guard(mutex_);
    return asked_;
}

bool interruption::nap(std::chrono::milliseconds time) {
    std::unique_lock<std::mutex> guard(mutex_);
    return !changed_.wait_for(guard, time, [this] { return asked_; });
}

}  // namespace varve::core
