#include <lock/program_output.hpp>

#ifndef _WIN32
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace varve::generator {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() { close(); }
    [[nodiscard]] int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_ = -1;
};

/// A process that is waited for, and killed if it was not done.
class child {
public:
    explicit child(pid_t id) : id_(id) {}
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    ~child() {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        (void)succeeded();
    }

    [[nodiscard]] bool succeeded() {
        int status = 0;
        pid_t waited = 0;
        do {
            waited = ::waitpid(id_, &status, 0);
        } while (waited < 0 && errno == EINTR);
        const bool ended_well = waited == id_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        id_ = -1;
        return ended_well;
    }

private:
    pid_t id_;
};

/// What the program is told about its surroundings: as we are, but for what a git hook sets, which leads git elsewhere.
/// It is to ask nobody and to fetch nothing.
std::vector<std::string> surroundings() {
    static constexpr std::array<std::string_view, 6> left_out{
        "GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_PREFIX=", "GIT_NO_LAZY_FETCH=", "GIT_TERMINAL_PROMPT="};
    std::vector<std::string> result{"GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0"};
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view variable = *each;
        const auto begins = [variable](std::string_view name) { return variable.starts_with(name); };
        if (std::none_of(left_out.begin(), left_out.end(), begins)) result.emplace_back(variable);
    }
    return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& each : texts) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

struct file_actions {
    posix_spawn_file_actions_t actions{};
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    file_actions() = default;
    file_actions(const file_actions&) = delete;
    file_actions& operator=(const file_actions&) = delete;
    ~file_actions() {
        if (good) posix_spawn_file_actions_destroy(&actions);
    }
};

/// 0 if it could not be started.
pid_t start(std::vector<std::string> words, int output) {
    file_actions files;
    if (!files.good || posix_spawn_file_actions_addopen(&files.actions, 0, "/dev/null", O_RDONLY, 0) != 0 ||
        posix_spawn_file_actions_adddup2(&files.actions, output, 1) != 0 ||
        posix_spawn_file_actions_addopen(&files.actions, 2, "/dev/null", O_WRONLY, 0) != 0) {
        return 0;
    }
    std::vector<std::string> variables = surroundings();
    pid_t id = 0;
    const int failed = ::posix_spawnp(&id, words.front().c_str(), &files.actions, nullptr, pointers_to(words).data(),
                                      pointers_to(variables).data());
    return failed == 0 ? id : 0;
}

/// Waits until there is something to read, or the end.
bool readable(int number, std::chrono::steady_clock::time_point deadline) {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd waiting{.fd = number, .events = POLLIN, .revents = 0};
        const int count = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) return false;
    }
}

/// Everything up to the end; nothing if that did not come in time.
std::optional<std::string> read_all(int number, std::chrono::steady_clock::time_point deadline) {
    std::string bytes;
    std::array<char, 65536> block;
    while (bytes.size() <= most_bytes && readable(number, deadline)) {
        const ssize_t count = ::read(number, block.data(), block.size());
        if (count == 0) return bytes;
        if (count < 0 && errno != EINTR) break;
        if (count > 0) bytes.append(block.data(), static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> program_output(const std::vector<std::string>& words,
                                          std::chrono::steady_clock::time_point deadline) {
    std::array<int, 2> ends{-1, -1};
    if (words.empty() || ::pipe(ends.data()) != 0) return std::nullopt;
    const descriptor from(ends[0]);
    descriptor to(ends[1]);
    for (const int each : ends) {
        if (::fcntl(each, F_SETFD, FD_CLOEXEC) != 0) return std::nullopt;
    }
    const pid_t id = start(words, to.number());
    to.close();
    if (id == 0) return std::nullopt;
    child running(id);
    std::optional<std::string> output = read_all(from.number(), deadline);
    if (!output || !running.succeeded()) return std::nullopt;
    return output;
}

}  // namespace varve::generator
#else
namespace varve::generator {

std::optional<std::string> program_output(const std::vector<std::string>&, std::chrono::steady_clock::time_point) {
    return std::nullopt;
}

}  // namespace varve::generator
#endif
