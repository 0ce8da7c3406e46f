#pragma once

#include <string>
#include <string_view>

namespace varve::generator {

/// What a guarded_worker says to a request.
struct guarded_answer {
    std::string bytes;
    std::string death;  ///< what ended the worker over this request: `Segmentation fault`; empty: it answered
};

/// Calls a function in a process of its own, so that a crash of it is an answer. The process is started by the first
/// request and serves all that follow; after a crash the next request starts another one. Where processes cannot be
/// forked it calls the function here, unguarded. For one thread.
class guarded_worker {
public:
    using function = std::string (*)(std::string_view request);

    explicit guarded_worker(function work) : work_(work) {}
    guarded_worker(const guarded_worker&) = delete;
    guarded_worker& operator=(const guarded_worker&) = delete;
    ~guarded_worker();

    [[nodiscard]] guarded_answer ask(std::string_view request);

    /// True where a crash is an answer.
    [[nodiscard]] static bool guards();

private:
    function work_;
    long process_ = 0;  ///< 0: none runs
    int channel_ = -1;
};

}  // namespace varve::generator
