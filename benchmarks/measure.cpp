#include "measure.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

extern char** environ;  // NOLINT: POSIX declares it so

namespace varve::bench {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// What it prints is of no interest and would be measured, and nobody answers it.
class silenced_output {
public:
    silenced_output() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
    }
    silenced_output(const silenced_output&) = delete;
    silenced_output& operator=(const silenced_output&) = delete;
    ~silenced_output() { posix_spawn_file_actions_destroy(&actions_); }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

}  // namespace

cost run(const std::vector<std::string>& command) {
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));  // NOLINT: as POSIX wants it
    words.push_back(nullptr);
    const silenced_output output;
    const auto begin = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, words[0], output.get(), nullptr, words.data(), environ) != 0) {
        throw std::runtime_error("cannot start " + command[0]);
    }
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error(command[0] + " failed");
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    return {wall.count(), seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::vector<result> compare(const std::vector<contender>& contenders, int rounds) {
    std::vector<std::vector<double>> walls(contenders.size());
    std::vector<std::vector<double>> cpus(contenders.size());
    std::vector<std::vector<double>> memories(contenders.size());
    std::vector<std::vector<double>> ratios(contenders.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < contenders.size(); ++i) {
            if (contenders[i].before) contenders[i].before();
            const cost spent = contenders[i].once();
            walls[i].push_back(spent.wall);
            cpus[i].push_back(spent.cpu);
            memories[i].push_back(spent.memory);
            ratios[i].push_back(spent.wall / walls[0].back());
        }
    }
    std::vector<result> results;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
        results.push_back(
            {contenders[i].name, {median(walls[i]), median(cpus[i]), median(memories[i])}, median(ratios[i])});
    }
    return results;
}

void print(const std::string& title, const std::vector<result>& results) {
    std::printf("\n%s\n", title.c_str());
    std::printf("  %-58s %11s %11s %7s %7s\n", "", "wall ms", "CPU ms", "MB", "ratio");
    for (const auto& each : results) {
        std::printf("  %-58s %11.2f %11.2f %7.1f %7.2f\n", each.name.c_str(), each.middle.wall * 1000,
                    each.middle.cpu * 1000, each.middle.memory, each.ratio);
    }
    std::fflush(stdout);
}

}  // namespace varve::bench
