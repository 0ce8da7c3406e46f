#include "client_program.hpp"

#include "core/raise.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace varve::backup {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& file) {
    std::error_code missing;
    return fs::is_regular_file(file, missing) && ::access(file.c_str(), X_OK) == 0;
}

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

std::vector<fs::path> folders_in(std::string_view list) {
    std::vector<fs::path> result;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(':'), list.size());
        if (end != 0) result.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return result;
}

// Debian's /usr/lib/postgresql/15/bin: a program of the newest version reads every older server. Debian's own
// /usr/bin/pg_dump chooses by its clusters, and so is as old as they are.
std::vector<fs::path> versions_of_distributions() {
    std::vector<std::pair<int, fs::path>> found;
    std::error_code missing;
    for (const auto& each : fs::directory_iterator("/usr/lib/postgresql", missing))
        found.emplace_back(std::atoi(each.path().filename().c_str()), each.path() / "bin");
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> result;
    result.reserve(found.size());
    for (auto& [version, folder] : found) result.push_back(std::move(folder));
    return result;
}

[[noreturn]] void refuse(const std::string& name, const fs::path& where) {
    const std::string place = where.empty() ? std::string("PATH or /usr/lib/postgresql/*/bin") : where.string();
    core::raise(error_code::backup_failed, {"there is no ", name, " in ", place},
                "install PostgreSQL's client programs (Debian, Ubuntu: apt install postgresql-client), or set "
                "VARVE_POSTGRESQL_BIN to their directory");
}

}  // namespace

fs::path find_program(const std::string& name, const fs::path& folder) {
    const fs::path only = folder.empty() ? fs::path(variable("VARVE_POSTGRESQL_BIN")) : folder;
    if (!only.empty()) {
        if (is_program(only / name)) return only / name;
        refuse(name, only);
    }
    for (const auto& folders : {versions_of_distributions(), folders_in(variable("PATH"))})
        for (const auto& each : folders)
            if (is_program(each / name)) return each / name;
    refuse(name, {});
}

}  // namespace varve::backup
