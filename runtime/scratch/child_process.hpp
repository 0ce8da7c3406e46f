#pragma once

#include "account.hpp"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace varve::scratch {

/// What to start.
struct launch {
    std::filesystem::path program{};
    std::vector<std::string> arguments{};
    account as{};
    std::filesystem::path output{};     ///< where standard output and errors are appended
    std::filesystem::path directory{};  ///< where it works
    enum class after_us {
        goes_on,
        is_killed
    } orphaned = after_us::is_killed;  ///< what becomes of it if we die (Linux)
};

/// A process of ours, in a session of its own: what is typed at our terminal does not reach it. Throws `varve::error`.
class child_process {
public:
    explicit child_process(const launch&);
    child_process(child_process&&) noexcept;
    child_process& operator=(child_process&&) noexcept;
    /// Ends its input and waits for it.
    ~child_process();

    [[nodiscard]] pid_t id() const;
    [[nodiscard]] bool is_running();
    /// Writes to its standard input. False if it does not listen any more.
    bool tell(std::string_view);
    void signal(int number);
    /// Ends its input, waits, and gives its exit code.
    int wait();

private:
    struct running;
    std::unique_ptr<running> running_;
};

}  // namespace varve::scratch
