#pragma once

#include <exception>
#include <thread>

namespace varve::testing {

/// Does something in two threads at once, and throws what one of them threw.
template <typename First, typename Second>
void in_two_threads(First first, Second second) {
    std::exception_ptr failure;
    std::thread other([&] {
        try {
            second();
        } catch (...) {
            failure = std::current_exception();
        }
    });
    std::exception_ptr own;
    try {
        first();
    } catch (...) {
        own = std::current_exception();
    }
    other.join();
    if (own) std::rethrow_exception(own);
    if (failure) std::rethrow_exception(failure);
}

}  // namespace varve::testing
