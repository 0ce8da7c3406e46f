#include "child_process.hpp"

#include "core/raise.hpp"

#if __has_include(<boost/process/v2.hpp>)
#include <boost/process/v2.hpp>
#else
#include <boost/process.hpp>
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/writable_pipe.hpp>
#include <boost/asio/write.hpp>

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>

namespace varve::scratch {
namespace {

namespace process = boost::process::v2;

class file_descriptor {
public:
    explicit file_descriptor(const std::filesystem::path& file)
        : number_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
        if (number_ < 0) core::raise(error_code::permission_denied, {"cannot write ", file.native()}, "");
    }
    file_descriptor(const file_descriptor&) = delete;
    file_descriptor& operator=(const file_descriptor&) = delete;
    ~file_descriptor() { ::close(number_); }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

// Runs in the child before the program starts.
struct prepared_child {
    const launch& what;
    pid_t parent;

    template <typename Launcher, typename... Rest>
    process::error_code on_exec_setup(Launcher&, const process::filesystem::path&, Rest&&...) const {
        ::setsid();
        const bool is_set_up = become() && ::chdir(what.directory.c_str()) == 0;
        if (!is_set_up) return {errno, boost::system::system_category()};
#ifdef __linux__
        // After the change of user, which forgets it; and the parent may have gone before it was set.
        if (what.orphaned == launch::after_us::is_killed) ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        if (what.orphaned == launch::after_us::is_killed && ::getppid() != parent) ::_exit(1);
#endif
        return {};
    }

    [[nodiscard]] bool become() const {
        if (::geteuid() != 0) return true;
        return ::setgroups(0, nullptr) == 0 && ::setgid(what.as.group) == 0 && ::setuid(what.as.user) == 0;
    }
};

}  // namespace

struct child_process::running {
    boost::asio::io_context context;
    boost::asio::writable_pipe input{context};
    std::unique_ptr<process::process> child;
};

child_process::child_process(const launch& what) : running_(std::make_unique<running>()) {
    const file_descriptor output(what.output);
    try {
        running_->child = std::make_unique<process::process>(
            running_->context, what.program.native(), what.arguments,
            process::process_stdio{.in = running_->input, .out = output.number(), .err = output.number()},
            prepared_child{what, ::getpid()});
        // Another child must not hold it open: its end is how a child notices ours.
        ::fcntl(running_->input.native_handle(), F_SETFD, FD_CLOEXEC);
    } catch (const boost::system::system_error& refused) {
        core::raise(error_code::database_unusable, {"cannot start ", what.program.native(), ": ", refused.what()}, "");
    }
}

child_process::child_process(child_process&&) noexcept = default;
child_process& child_process::operator=(child_process&&) noexcept = default;

child_process::~child_process() {
    if (running_) wait();
}

pid_t child_process::id() const { return running_->child->id(); }

bool child_process::is_running() {
    boost::system::error_code ignored;
    return running_->child->running(ignored);
}

bool child_process::tell(std::string_view text) {
    boost::system::error_code failed;
    boost::asio::write(running_->input, boost::asio::buffer(text), failed);
    return !failed;
}

void child_process::signal(int number) { ::kill(id(), number); }

int child_process::wait() {
    boost::system::error_code ignored;
    running_->input.close(ignored);
    return running_->child->wait(ignored);
}

}  // namespace varve::scratch
