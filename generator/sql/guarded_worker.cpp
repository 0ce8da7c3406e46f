#include <sql/guarded_worker.hpp>

#if !defined(_WIN32)

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <csignal>

namespace varve::generator {
namespace {

#if defined(MSG_NOSIGNAL)
constexpr int no_signal = MSG_NOSIGNAL;  // writing to a worker that died is an answer too, not our end
#else
constexpr int no_signal = 0;
#endif

bool send_all(int channel, const void* bytes, std::size_t size) {
    const char* at = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t sent = ::send(channel, at, size, no_signal);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool receive_all(int channel, void* bytes, std::size_t size) {
    char* at = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t received = ::recv(channel, at, size, 0);
        if (received < 0 && errno == EINTR) continue;
        if (received <= 0) return false;
        at += received;
        size -= static_cast<std::size_t>(received);
    }
    return true;
}

bool send_message(int channel, std::string_view message) {
    const std::uint64_t size = message.size();
    return send_all(channel, &size, sizeof size) && send_all(channel, message.data(), message.size());
}

bool receive_message(int channel, std::string& message) {
    std::uint64_t size = 0;
    if (!receive_all(channel, &size, sizeof size)) return false;
    message.resize(size);
    return receive_all(channel, message.data(), message.size());
}

/// The worker's life. It reads a whole request before it answers, so the two never wait for each other.
[[noreturn]] void serve(int channel, guarded_worker::function work) {
    const rlimit no_core{0, 0};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &no_core));
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS}) static_cast<void>(std::signal(signal, SIG_DFL));
    try {
        std::string request;
        while (receive_message(channel, request)) {
            if (!send_message(channel, work(request))) break;
        }
    } catch (...) {
        ::_exit(1);
    }
    ::_exit(0);
}

std::string ended_by(long process) {
    int status = 0;
    while (::waitpid(static_cast<pid_t>(process), &status, 0) < 0) {
        if (errno != EINTR) return "an unknown end";
    }
    if (!WIFSIGNALED(status)) return "running out of memory";
    const char* name = ::strsignal(WTERMSIG(status));
    return name == nullptr ? "signal " + std::to_string(WTERMSIG(status)) : std::string(name);
}

struct started_process {
    long process = 0;
    int channel = -1;
};

started_process start(guarded_worker::function work) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) return {};
#if defined(SO_NOSIGPIPE)
    const int on = 1;
    for (const int end : ends) static_cast<void>(::setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on));
#endif
    const pid_t process = ::fork();
    if (process == 0) {
        ::close(ends[0]);
        serve(ends[1], work);
    }
    ::close(ends[1]);
    if (process > 0) return {process, ends[0]};
    ::close(ends[0]);
    return {};
}

}  // namespace

guarded_worker::~guarded_worker() {
    if (process_ == 0) return;
    // It holds nothing that would have to be put away, and another child of ours may hold its channel open.
    ::kill(static_cast<pid_t>(process_), SIGKILL);
    ::close(channel_);
    static_cast<void>(ended_by(process_));
}

guarded_answer guarded_worker::ask(std::string_view request) {
    if (process_ == 0) {
        const started_process fresh = start(work_);
        process_ = fresh.process;
        channel_ = fresh.channel;
    }
    if (process_ == 0) return {.bytes = work_(request), .death = {}};
    guarded_answer answer;
    if (send_message(channel_, request) && receive_message(channel_, answer.bytes)) return answer;
    ::close(channel_);
    answer = {.bytes = {}, .death = ended_by(process_)};
    process_ = 0;
    return answer;
}

bool guarded_worker::guards() { return true; }

}  // namespace varve::generator

#else

namespace varve::generator {

guarded_worker::~guarded_worker() = default;

guarded_answer guarded_worker::ask(std::string_view request) { return {.bytes = work_(request), .death = {}}; }

bool guarded_worker::guards() { return false; }

}  // namespace varve::generator

#endif
