#pragma once

#include <stdexcept>
#include <string>

namespace varve::fuzz {

/// What a target found: libFuzzer takes the uncaught exception for a crash and keeps the input.
struct broken_promise : std::logic_error {
    using std::logic_error::logic_error;
};

/// Throws broken_promise unless it holds.
inline void promise(bool holds, const char* what) {
    if (!holds) throw broken_promise(what);
}

}  // namespace varve::fuzz
