#include "project.hpp"

#include <sys/wait.h>

#include <array>
#include <commands/command_line.hpp>
#include <cstdio>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace varve::testing {

namespace {

/// Nobody's settings but the test's own.
constexpr std::string_view environment =
    "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_EDITOR=true LC_ALL=C "
    "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org ";

outcome run_shell(const std::string& command) {
    std::FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run: " + command);
    outcome result;
    std::array<char, 4096> block;
    for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe)) > 0;) {
        result.said.append(block.data(), size);
    }
    const int status = pclose(pipe);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

}  // namespace

project::project() {
    git("init --quiet --initial-branch=main .");
    std::filesystem::create_directory(path("migrations"));
}

void project::write(std::string_view script, std::string_view sql) const {
    root_.write(std::filesystem::path("migrations") / script, sql);
}

std::string project::git(std::string_view arguments) const {
    outcome result = try_git(arguments);
    if (result.exit_code == 0) return std::move(result.said);
    throw std::runtime_error("git " + std::string(arguments) + "\n" + result.said);
}

outcome project::try_git(std::string_view arguments) const {
    std::string command = "cd '" + root_.path().string() + "' && ";
    command.append(environment).append(VARVE_GIT " ").append(arguments).append(" 2>&1");
    return run_shell(command);
}

void project::commit(std::string_view message) const {
    git("add --all");
    git("commit --quiet --allow-empty --message '" + std::string(message) + "'");
}

void project::lock() const {
    // What is released here may be wrong: correcting it is among the tests.
    const outcome result = run("lock --replay off");
    if (result.exit_code != 0) throw std::runtime_error(result.said);
}

std::string project::released() const {
    std::istringstream lines(read("migrations/sqlite.lock"));
    std::string line;
    std::string names;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string version;
        std::string name;
        words >> version >> name;
        names += (names.empty() ? "" : " ") + name;
    }
    return names;
}

generator::load_request project::request() const {
    generator::load_request request;
    request.directory = path("migrations");
    request.name = "shop";
    return request;
}

outcome project::run(const std::string& words) const {
    std::istringstream in("varve " + words + " --engine sqlite --name shop --directory " + path("migrations").string());
    const std::vector<std::string> all{std::istream_iterator<std::string>(in), {}};
    std::vector<const char*> arguments;
    for (const std::string& word : all) arguments.push_back(word.c_str());
    std::ostringstream out;
    const int exit_code = generator::run(static_cast<int>(arguments.size()), arguments.data(), out, out);
    std::string said = out.str();
    const std::string prefix = root_.path().string() + "/";
    for (std::size_t at = said.find(prefix); at != std::string::npos; at = said.find(prefix)) {
        said.erase(at, prefix.size());
    }
    return {exit_code, std::move(said)};
}

}  // namespace varve::testing
