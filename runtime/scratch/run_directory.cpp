#include "run_directory.hpp"

#include "core/raise.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view directory_prefix = "varve-scratch-";
constexpr const char* lock_name = "lock";
constexpr std::uintmax_t plenty = 2ULL << 30U;

// In memory where there is room.
std::vector<fs::path> places() {
    std::vector<fs::path> result;
    std::error_code missing;
    const fs::path memory = "/dev/shm";
    const fs::space_info room = fs::space(memory, missing);
    if (!missing && room.available >= plenty && ::access(memory.c_str(), W_OK) == 0) result.push_back(memory);
    constexpr std::size_t longest = 60;
    if (const char* chosen = std::getenv("TMPDIR"); chosen != nullptr && fs::is_directory(chosen, missing))
        if (std::string_view(chosen).size() <= longest) result.emplace_back(chosen);
    result.emplace_back("/tmp");
    return result;
}

bool is_of(const fs::path& directory, const account& owner) {
    struct stat about {};
    if (::lstat(directory.c_str(), &about) != 0) return false;
    return S_ISDIR(about.st_mode) && (about.st_uid == owner.user || about.st_uid == ::geteuid());
}

// A server whose run was killed together with its watchdog, where nothing else ends it.
void stop_server_in(const fs::path& directory) {
    pid_t server = 0;
    if (!(std::ifstream(directory / "data" / "postmaster.pid") >> server) || server <= 1) return;
    std::ifstream file("/proc/" + std::to_string(server) + "/cmdline");
    const std::string command{std::istreambuf_iterator<char>(file), {}};
    if (command.find(directory.native()) != std::string::npos) ::kill(server, SIGQUIT);
}

bool is_older_than_a_minute(const fs::path& directory) {
    std::error_code failed;
    const auto written = fs::last_write_time(directory, failed);
    return !failed && fs::file_time_type::clock::now() - written > std::chrono::minutes(1);
}

void remove_if_dead(const fs::path& directory) {
    const int lock = ::open((directory / lock_name).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    // Without a lock file it is being made just now, or being removed.
    if (lock < 0 && !is_older_than_a_minute(directory)) return;
    if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) == 0) {
        stop_server_in(directory);
        std::error_code ignored;
        fs::remove_all(directory, ignored);
    }
    if (lock >= 0) ::close(lock);
}

void remove_dead(const account& owner) {
    for (const auto& place : places()) {
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(place, failed))
            if (entry.path().filename().native().starts_with(directory_prefix) && is_of(entry.path(), owner))
                remove_if_dead(entry.path());
    }
}

}  // namespace

run_directory::run_directory(const account& owner) {
    remove_dead(owner);
    for (const auto& place : places()) {
        std::string pattern = place / (std::string(directory_prefix) + "XXXXXX");
        if (::mkdtemp(pattern.data()) == nullptr) continue;
        path_ = pattern;
        lock_ = ::open((path_ / lock_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0)
            core::raise(error_code::permission_denied, {"cannot write in ", pattern}, "");
        give_to(owner, path_ / lock_name);
        give_to(owner, path_);
        return;
    }
    core::raise(error_code::permission_denied, {"cannot make a temporary directory in ", places().back().native()},
                "set TMPDIR to a directory with a short path where files may be written");
}

run_directory::~run_directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    ::close(lock_);
}

}  // namespace varve::scratch
