#pragma once

#include <varve/engine.hpp>

namespace varve::core {

/// While it lives, an engine tells somebody how far a long statement is.
class listening {
public:
    listening(engine& to, const progress_listener& listener) : to_(to) { to_.tell_progress_to(listener); }
    listening(const listening&) = delete;
    listening& operator=(const listening&) = delete;
    ~listening() { to_.tell_progress_to({}); }

private:
    engine& to_;
};

}  // namespace varve::core
