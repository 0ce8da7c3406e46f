#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace varve::backup {

/// What a program said at its end.
struct ending {
    int code = 0;
    std::string said{};  ///< standard error
};

/// Runs a program to its end, with variables added to our environment. Throws `varve::error` if it cannot be started.
[[nodiscard]] ending run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& variables);

/// Finds one in `folder`, if that is not empty; else in VARVE_POSTGRESQL_BIN, in PATH, in the places of distributions.
/// Throws `varve::error` that says what to install.
[[nodiscard]] std::filesystem::path find_program(const std::string& name, const std::filesystem::path& folder);

}  // namespace varve::backup
