#pragma once

#include "account.hpp"
#include "child_process.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>

namespace varve::scratch {

/// Stops a server and removes its directory when this program ends without having done so, whatever ended it: a small
/// shell reads from a pipe that only we hold, and the system closes that. If the shell is killed too, Linux tells the
/// server itself (`launch::after_us`), and the next run removes the directory (`run_directory`).
class watchdog {
public:
    watchdog(const std::filesystem::path& directory, const account&);
    watchdog(const watchdog&) = delete;
    watchdog& operator=(const watchdog&) = delete;
    /// All is well: it goes without doing anything.
    ~watchdog();

    void guard(pid_t server);

private:
    child_process shell_;
};

}  // namespace varve::scratch
