#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

namespace varve::bench {

/// Stands between a client and a server's unix socket and lets everything pass late: a far-away database.
class delay_proxy {
public:
    /// Listens on `listen_at` and forwards to `server`; each direction takes `one_way` longer.
    delay_proxy(const std::filesystem::path& listen_at, std::filesystem::path server,
                std::chrono::microseconds one_way);
    delay_proxy(const delay_proxy&) = delete;
    delay_proxy& operator=(const delay_proxy&) = delete;
    ~delay_proxy();

private:
    void accept_all();
    void serve(int client) const;

    std::filesystem::path server_;
    std::chrono::microseconds one_way_;
    int listener_ = -1;
    std::thread acceptor_;
    std::vector<std::thread> connections_;
};

}  // namespace varve::bench
