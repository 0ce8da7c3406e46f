#pragma once

#include <sys/types.h>

#include <filesystem>

namespace varve::scratch {

/// Whom the server runs as. PostgreSQL refuses to run as root.
struct account {
    uid_t user = 0;
    gid_t group = 0;
};

/// Ourselves; if we are root, `postgres`, else `nobody`. Throws `varve::error` if there is neither.
[[nodiscard]] account unprivileged_account();

/// Gives a file to an account. Nothing if it is ours anyway. Throws `varve::error`.
void give_to(const account&, const std::filesystem::path&);

}  // namespace varve::scratch
