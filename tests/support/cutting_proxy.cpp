#include "cutting_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace varve::testing {
namespace {

std::filesystem::path socket_of(const std::filesystem::path& directory, int port) {
    return directory / (".s.PGSQL." + std::to_string(port));
}

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + path.string());
    std::memcpy(address.sun_path, path.c_str(), path.native().size() + 1);
    return address;
}

int open_socket(const std::filesystem::path& path, int (*use)(int, const sockaddr*, socklen_t)) {
    const int opened = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(path);
    if (opened < 0 || use(opened, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot use the socket " + path.string());
    return opened;
}

// Empty at the end.
std::string receive(int from) {
    std::array<char, 65536> buffer{};
    const ssize_t size = ::recv(from, buffer.data(), buffer.size(), 0);
    return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t size = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

// BackendKeyData: 'K', the length 12, the process, a key. The last byte of the process becomes another one.
void change_told_process(std::string& bytes) {
    const std::string header{'K', '\0', '\0', '\0', '\x0c'};
    const std::size_t at = bytes.find(header);
    if (at != std::string::npos && at + 8 < bytes.size()) bytes[at + 8] = static_cast<char>(bytes[at + 8] ^ 1);
}

// A long message comes in several parts, the rest of which is still to be forwarded.
void await_answer(int client, int server) {
    for (;;) {
        std::array<pollfd, 2> ready{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 || ready[1].revents != 0) break;
        const std::string rest = receive(client);
        if (rest.empty() || !send_all(server, rest)) return;
    }
    (void)receive(server);
}

}  // namespace

cutting_proxy::cutting_proxy(std::filesystem::path directory, int port)
    : directory_(std::move(directory)), socket_(socket_of(directory_, port)) {
    listener_ = open_socket(socket_, &::bind);
    if (::listen(listener_, 16) != 0 || ::pipe(stop_) != 0) throw std::runtime_error("cannot listen");
    acceptor_ = std::thread([this] { accept_all(); });
}

cutting_proxy::~cutting_proxy() {
    ::close(stop_[1]);
    acceptor_.join();
    for (auto& each : connections_) each.join();
    ::close(stop_[0]);
    ::close(listener_);
    std::filesystem::remove(socket_);
}

void cutting_proxy::cut_next(cut where, std::string marker) {
    const std::lock_guard hold(marking_);
    where_ = where;
    marker_ = std::move(marker);
    armed_ = true;
}

void cutting_proxy::cut_next_for_ever(cut where, std::string marker) {
    refuse_after_cut_ = true;
    cut_next(where, std::move(marker));
}

void cutting_proxy::accept_all() {
    for (;;) {
        std::array<pollfd, 2> ready{pollfd{listener_, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 || ready[1].revents != 0) return;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        if (refusing_) {
            ::close(client);
            continue;
        }
        connections_.emplace_back([this, client] { forward(client); });
    }
}

void cutting_proxy::forward(int client) {
    const int server = open_socket(socket_of(directory_, 5432), &::connect);
    for (bool going_on = true; going_on;) {
        std::array<pollfd, 3> ready{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 || ready[2].revents != 0) break;
        if (ready[0].revents != 0) going_on = forward_from_client(client, server);
        if (going_on && ready[1].revents != 0) going_on = forward_from_server(client, server);
    }
    ::close(client);
    ::close(server);
}

bool cutting_proxy::is_marked(const std::string& bytes) {
    const std::lock_guard hold(marking_);
    return armed_ && bytes.find(marker_) != std::string::npos && std::exchange(armed_, false);
}

bool cutting_proxy::forward_from_client(int client, int server) {
    const std::string bytes = receive(client);
    if (bytes.empty()) return false;
    if (is_marked(bytes)) return cut_here(client, server, bytes);
    return pass_on(server, bytes);
}

bool cutting_proxy::forward_from_server(int client, int server) {
    std::string bytes = receive(server);
    if (bytes.empty()) return false;
    if (is_pooler_) change_told_process(bytes);
    std::this_thread::sleep_for(delay_.load());
    return pass_on(client, bytes);
}

bool cutting_proxy::pass_on(int to, std::string_view bytes) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    forwarded_ += size;
    const std::int64_t left = left_;
    if (left == never) return send_all(to, bytes);
    if (size < left) {
        left_ = left - size;
        return send_all(to, bytes);
    }
    left_ = never;
    ++cuts_;
    send_all(to, bytes.substr(0, static_cast<std::size_t>(left)));
    return false;
}

bool cutting_proxy::cut_here(int client, int server, const std::string& bytes) {
    refusing_ = refuse_after_cut_.load();
    ++cuts_;
    if (where_ != cut::before_server) send_all(server, bytes);
    if (where_ == cut::after_answer) await_answer(client, server);
    return false;
}

}  // namespace varve::testing
