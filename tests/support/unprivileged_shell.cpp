#include "unprivileged_shell.hpp"

#if __has_include(<boost/process/v2.hpp>)
#include <boost/process/v2.hpp>
#else
#include <boost/process.hpp>
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>
#include <boost/asio/write.hpp>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;
namespace process = boost::process::v2;

struct account {
    uid_t user = 0;
    gid_t group = 0;
};

account unprivileged_account() {
    if (::geteuid() != 0) return {::geteuid(), ::getegid()};
    for (const char* name : {"postgres", "nobody"})
        if (const passwd* found = ::getpwnam(name)) return {found->pw_uid, found->pw_gid};
    throw std::runtime_error("servers refuse to run as root, and there is no user `postgres` or `nobody`");
}

// Runs in the child before the program starts: another user, and a session of its own, so that Ctrl-C in the terminal
// reaches the test program only.
struct as_account {
    account who;

    template <typename Launcher, typename... Rest>
    process::error_code on_exec_setup(Launcher&, const process::filesystem::path&, Rest&&...) const {
        const bool changed =
            ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(who.group) == 0 && ::setuid(who.user) == 0);
        if (!changed) return {errno, boost::system::system_category()};
        ::setsid();
        return {};
    }
};

// In memory where there is room for many databases.
fs::path place_for_servers() {
    constexpr std::uintmax_t plenty = 4ULL << 30U;
    const fs::path memory = "/dev/shm";
    std::error_code missing;
    const fs::space_info room = fs::space(memory, missing);
    const bool is_usable = !missing && room.available >= plenty && ::access(memory.c_str(), W_OK) == 0;
    return is_usable ? memory : fs::path("/tmp");
}

// Short, because a socket's path may have 107 bytes only.
fs::path make_directory(const account& owner) {
    std::string name = place_for_servers() / "varve-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create the directory " + name);
    if (::chown(name.c_str(), owner.user, owner.group) != 0) throw std::runtime_error("cannot give away " + name);
    return name;
}

}  // namespace

struct unprivileged_shell::child {
    boost::asio::io_context context;
    boost::asio::writable_pipe input{context};
    boost::asio::readable_pipe output{context};
    std::unique_ptr<process::process> running;
};

unprivileged_shell::unprivileged_shell(const std::string& what, const char* script, std::vector<std::string> arguments)
    : child_(std::make_unique<child>()) {
    const account owner = unprivileged_account();
    directory_ = make_directory(owner);
    std::vector<std::string> all{"-c", script, "sh", directory_.string()};
    for (auto& each : arguments) all.push_back(std::move(each));
    child_->running = std::make_unique<process::process>(
        child_->context, "/bin/sh", all, process::process_stdio{.in = child_->input, .out = child_->output, .err = {}},
        as_account{owner});
    std::string answer;
    if (gets_ready(answer)) return;
    boost::system::error_code ended;
    child_->running->wait(ended);
    throw std::runtime_error(what + " does not start: " + answer);
}

bool unprivileged_shell::gets_ready(std::string& said) {
    boost::system::error_code ended;
    boost::asio::read_until(child_->output, boost::asio::dynamic_buffer(said), "ready\n", ended);
    return !ended;
}

void unprivileged_shell::order(const std::string& line) {
    boost::asio::write(child_->input, boost::asio::buffer(line + "\n"));
    std::string answer;
    if (!gets_ready(answer)) throw std::runtime_error("after `" + line + "`: " + answer);
}

unprivileged_shell::~unprivileged_shell() {
    boost::system::error_code ignored;
    child_->input.close(ignored);
    child_->running->wait(ignored);
    std::error_code gone;
    fs::remove_all(directory_, gone);  // what a test that runs as root has put there
}

}  // namespace varve::testing
