#pragma once

#include "account.hpp"

#include <filesystem>
#include <string>

namespace varve::scratch {

/// PostgreSQL's server programs on this machine.
struct postgresql_programs {
    std::filesystem::path folder{};
    std::string version{};  ///< `15.20`; what a cluster of one version writes, only the same reads
};

/// Looks in `chosen` alone, if it is not empty; else in VARVE_POSTGRESQL_BIN alone, if it is set; else in PATH, where
/// `pg_config` says, and in the places of distributions, newest first. Throws `varve::error` that says what to install.
[[nodiscard]] postgresql_programs find_postgresql(const std::filesystem::path& chosen, const account&,
                                                  const std::filesystem::path& work);

}  // namespace varve::scratch
