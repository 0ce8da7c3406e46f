#include "delay_proxy.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace varve::bench {
namespace {

using instant = std::chrono::steady_clock::time_point;

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) throw std::runtime_error("socket path too long");
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    return address;
}

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how POSIX passes socket addresses
const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

// One direction of a connection: what is read is due later, what follows is not held up by it.
class late_pipe {
public:
    late_pipe(int from, int to, std::chrono::microseconds delay) : from_(from), to_(to), delay_(delay) {}

    void read_all() {
        std::array<char, 65536> buffer{};
        for (;;) {
            const ssize_t size = ::read(from_, buffer.data(), buffer.size());
            const std::lock_guard guard(mutex_);
            queue_.emplace_back(std::chrono::steady_clock::now() + delay_,
                                size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string());
            changed_.notify_one();
            if (size <= 0) return;
        }
    }

    void write_all() {
        for (;;) {
            std::pair<instant, std::string> next;
            {
                std::unique_lock guard(mutex_);
                changed_.wait(guard, [&] { return !queue_.empty(); });
                next = std::move(queue_.front());
                queue_.pop_front();
            }
            std::this_thread::sleep_until(next.first);
            if (next.second.empty() || ::send(to_, next.second.data(), next.second.size(), MSG_NOSIGNAL) < 0) {
                ::shutdown(to_, SHUT_WR);
                return;
            }
        }
    }

private:
    int from_;
    int to_;
    std::chrono::microseconds delay_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<instant, std::string>> queue_;
};

}  // namespace

delay_proxy::delay_proxy(const std::filesystem::path& listen_at, std::filesystem::path server,
                         std::chrono::microseconds one_way)
    : server_(std::move(server)), one_way_(one_way) {
    const sockaddr_un address = address_of(listen_at);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener_ < 0 || ::bind(listener_, generic(address), sizeof address) != 0 || ::listen(listener_, 16) != 0) {
        throw std::runtime_error("cannot listen on " + listen_at.string());
    }
    acceptor_ = std::thread([this] { accept_all(); });
}

delay_proxy::~delay_proxy() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (auto& each : connections_) each.join();
}

void delay_proxy::accept_all() {
    for (;;) {
        const int client = ::accept(listener_, nullptr, nullptr);
        if (client < 0) return;
        connections_.emplace_back([this, client] { serve(client); });
    }
}

void delay_proxy::serve(int client) const {
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(server_);
    if (::connect(server, generic(address), sizeof address) == 0) {
        late_pipe there(client, server, one_way_);
        late_pipe back(server, client, one_way_);
        std::thread first([&] { there.read_all(); });
        std::thread second([&] { there.write_all(); });
        std::thread third([&] { back.read_all(); });
        back.write_all();
        first.join();
        second.join();
        third.join();
    }
    ::close(server);
    ::close(client);
}

}  // namespace varve::bench
