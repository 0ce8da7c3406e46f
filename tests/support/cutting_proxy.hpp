#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace varve::testing {

/// Where a connection is cut when the client sends a marked message.
enum class cut : std::uint8_t {
    before_server,  ///< the server never sees the message
    after_answer,   ///< the server has answered, the client never sees that
    at_once         ///< the message is forwarded, nobody waits for anything
};

/// Stands between PostgreSQL's clients and its unix socket, on a socket of its own.
class cutting_proxy {
public:
    /// `port` names the socket beside the server's.
    cutting_proxy(std::filesystem::path directory, int port);
    cutting_proxy(const cutting_proxy&) = delete;
    cutting_proxy& operator=(const cutting_proxy&) = delete;
    ~cutting_proxy();

    /// Cuts the next connection that sends a message with `marker` in it, once.
    void cut_next(cut where, std::string marker);
    /// The same, and from then on nobody can connect.
    void cut_next_for_ever(cut where, std::string marker);
    /// Cuts a connection in the middle of a message, when so many bytes more have gone through in both directions.
    /// Once.
    void cut_after(std::int64_t bytes) { left_ = bytes; }
    /// How many bytes went through.
    [[nodiscard]] std::int64_t forwarded() const { return forwarded_; }
    /// From now on clients are told another server process than the one that answers, as by a transaction pooler.
    void pretend_to_be_a_pooler() { is_pooler_ = true; }

    /// From now on each answer arrives later by this, as from a server far away.
    void delay_answers(std::chrono::milliseconds by) { delay_ = by; }

    [[nodiscard]] int cuts() const { return cuts_; }

private:
    void accept_all();
    void forward(int client);
    [[nodiscard]] bool is_marked(const std::string& bytes);
    bool forward_from_client(int client, int server);
    bool forward_from_server(int client, int server);
    bool pass_on(int to, std::string_view bytes);
    bool cut_here(int client, int server, const std::string& bytes);

    std::filesystem::path directory_;
    std::filesystem::path socket_;
    std::mutex marking_;  // of the marker, and whether it is looked for
    std::string marker_;
    bool armed_ = false;
    std::atomic<cut> where_ = cut::at_once;
    std::atomic<bool> refusing_ = false;
    std::atomic<bool> refuse_after_cut_ = false;
    std::atomic<bool> is_pooler_ = false;
    static constexpr std::int64_t never = -1;
    std::atomic<std::int64_t> left_ = never;
    std::atomic<std::int64_t> forwarded_ = 0;
    std::atomic<std::chrono::milliseconds> delay_{std::chrono::milliseconds(0)};
    std::atomic<int> cuts_ = 0;
    int listener_ = -1;
    int stop_[2] = {-1, -1};
    std::vector<std::thread> connections_;
    std::thread acceptor_;
};

}  // namespace varve::testing
