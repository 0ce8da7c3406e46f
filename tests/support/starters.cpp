#include "starters.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <vector>

namespace varve::testing {
namespace {

[[noreturn]] void run_at_the_signal(const std::array<int, 2>& gate, const std::function<void()>& start) {
    ::close(gate[1]);
    char ignored = 0;
    while (::read(gate[0], &ignored, 1) > 0) {
    }
    try {
        start();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        ::_exit(1);
    }
    ::_exit(0);
}

}  // namespace

int successful_starts(int count, const std::function<void()>& start) {
    std::array<int, 2> gate{};
    if (::pipe(gate.data()) != 0) throw std::runtime_error("no pipe");
    std::vector<pid_t> children;
    for (int each = 0; each < count; ++each) {
        const pid_t child = ::fork();
        if (child == 0) run_at_the_signal(gate, start);
        if (child > 0) children.push_back(child);
    }
    ::close(gate[0]);
    ::close(gate[1]);
    int successful = 0;
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        if (status == 0) ++successful;
    }
    return successful;
}

}  // namespace varve::testing
