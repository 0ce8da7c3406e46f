// The one file of the command line that handles signals of the operating system.
#include "stop_signals.hpp"

#if __has_include(<unistd.h>)
#define VARVE_HAS_POSIX_SIGNALS 1
#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> promises no sigaction
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <thread>
#endif

namespace varve::cli {

#ifdef VARVE_HAS_POSIX_SIGNALS

namespace {

// A handler knows nothing but what is global. -1: nobody listens.
std::atomic<int> wake_up = -1;
std::atomic<int> handlers_at_work = 0;  // on any thread
std::atomic<int> signals_seen = 0;      // since somebody listens
static_assert(std::atomic<int>::is_always_lock_free);

constexpr char a_signal = 's';
constexpr char the_end = 'e';

// Whoever asks again, by whichever signal, does not want to wait.
void end_at_once(int signal) {
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    ::sigaction(signal, &usual, nullptr);
    ::raise(signal);  // arrives when the handler returns
}

// Only what is safe in a handler: a write to a pipe, and errno as it was.
extern "C" void varve_on_stop_signal(int signal) {
    const int error = errno;
    if (++signals_seen > 1) end_at_once(signal);
    ++handlers_at_work;
    const int to = wake_up.load();
    if (to != -1) static_cast<void>(!::write(to, &a_signal, 1));
    --handlers_at_work;
    errno = error;
}

}  // namespace

// No anonymous namespace: the class that they are members of has a name that other files know.
namespace posix {

/// A pipe, closed at the end.
class self_pipe {
public:
    self_pipe() {
        if (::pipe(ends_.data()) != 0) ends_ = {-1, -1};
        for (const int each : ends_) {
            if (each != -1) ::fcntl(each, F_SETFD, FD_CLOEXEC);
        }
    }
    self_pipe(const self_pipe&) = delete;
    self_pipe& operator=(const self_pipe&) = delete;
    ~self_pipe() {
        for (const int each : ends_) {
            if (each != -1) ::close(each);
        }
    }

    [[nodiscard]] int in() const { return ends_[1]; }
    void put(char what) const { static_cast<void>(!::write(ends_[1], &what, 1)); }
    /// Waits for a byte.
    [[nodiscard]] char take() const {
        char what = the_end;
        while (::read(ends_[0], &what, 1) < 0 && errno == EINTR) {
        }
        return what;
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

/// One signal, handled by us until the end, unless the program ignores it.
class handled_signal {
public:
    explicit handled_signal(int number) : number_(number) {
        struct sigaction ours {};
        ours.sa_handler = varve_on_stop_signal;
        ::sigemptyset(&ours.sa_mask);
        ours.sa_flags = SA_RESTART;
        if (::sigaction(number, nullptr, &before_) != 0 || before_.sa_handler == SIG_IGN) return;
        is_ours_ = ::sigaction(number, &ours, nullptr) == 0;
    }
    handled_signal(const handled_signal&) = delete;
    handled_signal& operator=(const handled_signal&) = delete;
    ~handled_signal() {
        if (is_ours_) ::sigaction(number_, &before_, nullptr);
    }

private:
    int number_;
    struct sigaction before_ {};
    bool is_ours_ = false;
};

}  // namespace posix

class stop_signals::listener {
public:
    explicit listener(std::stop_source& asked) {
        int nobody = -1;
        if (pipe_.in() == -1 || !wake_up.compare_exchange_strong(nobody, pipe_.in())) return;
        is_heard_ = true;
        signals_seen = 0;
        thread_ = std::thread([this, &asked] {
            while (pipe_.take() == a_signal) asked.request_stop();
        });
        interrupt_.emplace(SIGINT);
        terminate_.emplace(SIGTERM);
    }
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;
    ~listener() {
        if (!is_heard_) return;
        interrupt_.reset();
        terminate_.reset();
        wake_up = -1;
        while (handlers_at_work != 0) std::this_thread::yield();  // one may still have the pipe's number
        pipe_.put(the_end);
        thread_.join();
    }

private:
    posix::self_pipe pipe_;
    bool is_heard_ = false;
    std::thread thread_;
    std::optional<posix::handled_signal> interrupt_;
    std::optional<posix::handled_signal> terminate_;
};

#else

class stop_signals::listener {
public:
    explicit listener(std::stop_source&) {}
};

#endif

stop_signals::stop_signals() : listener_(std::make_unique<listener>(asked_)) {}

stop_signals::~stop_signals() = default;

std::stop_token stop_or_signals(std::stop_token chosen, std::optional<stop_signals>& listening) {
    return chosen.stop_possible() ? std::move(chosen) : listening.emplace().asked();
}

}  // namespace varve::cli
