#pragma once

#include "pqxx_compatibility.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace varve::postgresql {

/// Looks, on a connection of its own, who keeps a process of the server waiting for a lock. Who it was cannot be asked
/// any more when the wait has ended. None of its functions throws: what cannot be had is not worth a migration.
class lock_watch {
public:
    /// Watches from now on; without a connection nothing.
    lock_watch(std::unique_ptr<pqxx::connection>, int process) noexcept;
    lock_watch(const lock_watch&) = delete;
    lock_watch& operator=(const lock_watch&) = delete;
    ~lock_watch() { end(); }

    /// Ends it. The sessions that were seen last, for a person; empty if there were none, or nobody could look.
    [[nodiscard]] std::string blockers() noexcept;

private:
    void watch() noexcept;
    void end() noexcept;

    std::unique_ptr<pqxx::connection> connection_;
    std::unique_ptr<muted_notices> muted_;  // refers to connection_: declared after it, gone before it
    int process_;
    std::string seen_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace varve::postgresql
