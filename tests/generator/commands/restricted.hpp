#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <stdexcept>

namespace varve::generator::testing {

/// While it lives no byte can be written to a file, as on a full disk.
class no_space {
public:
    no_space() : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit nothing{.rlim_cur = 0, .rlim_max = before_.rlim_max};
        if (setrlimit(RLIMIT_FSIZE, &nothing) != 0) throw std::runtime_error("no limit can be set");
    }
    no_space(const no_space&) = delete;
    no_space& operator=(const no_space&) = delete;
    ~no_space() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }

private:
    void (*signal_)(int);
    rlimit before_{};
};

/// While it lives the rights of files count, also for tests that are run by root.
class somebody_else {
public:
    somebody_else() {
        constexpr uid_t nobody = 65534;
        if (before_ == 0 && seteuid(nobody) != 0) throw std::runtime_error("the user cannot be changed");
    }
    somebody_else(const somebody_else&) = delete;
    somebody_else& operator=(const somebody_else&) = delete;
    ~somebody_else() {
        if (before_ == 0 && seteuid(0) != 0) std::terminate();
    }

private:
    uid_t before_ = geteuid();
};

}  // namespace varve::generator::testing
