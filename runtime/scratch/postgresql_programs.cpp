#include "postgresql_programs.hpp"

#include "child_process.hpp"

#include "core/raise.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ways_out =
    "install it (Debian, Ubuntu: apt install postgresql), or set VARVE_POSTGRESQL_BIN to the directory of initdb and "
    "postgres, or VARVE_SCRATCH_URL to a server where databases may be created";

bool has_programs(const fs::path& folder) {
    std::error_code missing;
    return fs::exists(folder / "initdb", missing) && fs::exists(folder / "postgres", missing);
}

// What a program prints.
std::string output_of(const fs::path& program, const std::vector<std::string>& arguments, const account& as,
                      const fs::path& work) {
    const fs::path answer = work / "answer";
    child_process({.program = program, .arguments = arguments, .as = as, .output = answer, .directory = "/"}).wait();
    std::ostringstream text;
    text << std::ifstream(answer).rdbuf();
    fs::remove(answer);
    std::string result = text.str();
    while (!result.empty() && result.back() == '\n') result.pop_back();
    return result;
}

std::vector<fs::path> folders_of_path() {
    std::vector<fs::path> folders;
    const char* path = std::getenv("PATH");
    std::istringstream text(path == nullptr ? "" : path);
    for (std::string folder; std::getline(text, folder, ':');) folders.emplace_back(folder);
    return folders;
}

// Debian's /usr/lib/postgresql/15/bin, newest first, and where others put it.
std::vector<fs::path> folders_of_distributions() {
    std::vector<std::pair<int, fs::path>> found;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", missing))
        found.emplace_back(std::atoi(entry.path().filename().c_str()), entry.path() / "bin");
    for (const auto& entry : fs::directory_iterator("/usr", missing))
        if (const std::string name = entry.path().filename(); name.starts_with("pgsql-"))
            found.emplace_back(std::atoi(name.c_str() + 6), entry.path() / "bin");
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> folders;
    folders.reserve(found.size() + 3);
    for (auto& [version, folder] : found) folders.push_back(std::move(folder));
    for (const char* folder : {"/usr/local/pgsql/bin", "/usr/libexec/postgresql", "/opt/homebrew/bin"})
        folders.emplace_back(folder);
    return folders;
}

std::optional<fs::path> first_with_programs(const std::vector<fs::path>& folders) {
    const auto found = std::find_if(folders.begin(), folders.end(), has_programs);
    return found == folders.end() ? std::nullopt : std::optional(*found);
}

fs::path chosen_folder(const fs::path& folder, std::string_view by) {
    if (has_programs(folder)) return folder;
    core::raise(error_code::database_unusable,
                {by, " names ", folder.native(), ", but initdb and postgres are not there"}, ways_out);
}

fs::path find_folder(const fs::path& chosen, const account& as, const fs::path& work) {
    if (const char* folder = std::getenv("VARVE_POSTGRESQL_BIN"); folder != nullptr && *folder != '\0')
        return chosen_folder(folder, "VARVE_POSTGRESQL_BIN");
    if (!chosen.empty()) return chosen_folder(chosen, "the CMake variable VARVE_POSTGRESQL_BIN");
    const auto path = folders_of_path();
    if (const auto found = first_with_programs(path)) return *found;
    for (const auto& folder : path)
        if (std::error_code missing; fs::exists(folder / "pg_config", missing))
            if (fs::path found = output_of(folder / "pg_config", {"--bindir"}, as, work); has_programs(found))
                return found;
    if (const auto found = first_with_programs(folders_of_distributions())) return *found;
    core::raise(error_code::database_unusable,
                {"PostgreSQL's server is not installed: initdb and postgres are neither in PATH, nor where pg_config "
                 "says, nor in /usr/lib/postgresql/*/bin"},
                ways_out);
}

}  // namespace

postgresql_programs find_postgresql(const fs::path& chosen, const account& as, const fs::path& work) {
    postgresql_programs result{.folder = find_folder(chosen, as, work)};
    const std::string answer = output_of(result.folder / "postgres", {"--version"}, as, work);
    constexpr std::string_view expected = "postgres (PostgreSQL) ";
    if (!answer.starts_with(expected))
        core::raise(error_code::database_unusable, {(result.folder / "postgres").native(), " does not run: ", answer},
                    ways_out);
    result.version = answer.substr(expected.size(), answer.find(' ', expected.size()) - expected.size());
    return result;
}

}  // namespace varve::scratch
