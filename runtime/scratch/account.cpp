#include "account.hpp"

#include "core/raise.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace varve::scratch {

account unprivileged_account() {
    if (::geteuid() != 0) return {::geteuid(), ::getegid()};
    for (const char* name : {"postgres", "nobody"})
        if (const passwd* found = ::getpwnam(name)) return {found->pw_uid, found->pw_gid};
    core::raise(error_code::permission_denied,
                {"PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`"},
                "run this as another user, or set VARVE_SCRATCH_URL to a server where databases may be created");
}

void give_to(const account& whom, const std::filesystem::path& file) {
    if (::geteuid() != 0 || ::lchown(file.c_str(), whom.user, whom.group) == 0) return;
    core::raise(error_code::permission_denied, {"cannot give away ", file.native(), ": ", std::strerror(errno)}, "");
}

}  // namespace varve::scratch
