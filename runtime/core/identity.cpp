// The one file of the core that asks the operating system who we are.
#include "identity.hpp"

#include "text.hpp"

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <system_error>

#if __has_include(<unistd.h>) && __has_include(<pwd.h>)
#define VARVE_HAS_POSIX_IDENTITY 1
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <vector>
#endif

namespace varve::core {
namespace {

std::string first_of_environment(std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing here changes the environment
        if (value != nullptr && *value != '\0') return value;
    }
    return "unknown";
}

#ifdef VARVE_HAS_POSIX_IDENTITY

std::string user_name() {
    std::vector<char> memory(4096);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::geteuid(), &entry, memory.data(), memory.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return first_of_environment({"USER", "LOGNAME"});
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0') return name.data();
    return first_of_environment({"HOSTNAME"});
}

std::string process_number() { return joined({":", ::getpid()}); }

#else

std::string user_name() { return first_of_environment({"USERNAME", "USER"}); }
std::string host_name() { return first_of_environment({"COMPUTERNAME", "HOSTNAME"}); }
std::string process_number() { return {}; }

#endif

}  // namespace

std::string current_process() { return joined({user_name(), "@", host_name(), process_number()}); }

std::string executable_name() {
    std::error_code failure;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
    return failure ? std::string() : path.filename().string();
}

}  // namespace varve::core
