#include "support/temporary_directory.hpp"

#include "postgresql/connection.hpp"
#include "scratch/run_directory.hpp"
#include "scratch/scratch_server.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;
using testing::temporary_directory;

// One cache for all tests: the first makes an empty cluster.
const fs::path& shared_cache() {
    static const temporary_directory directory;
    return directory.path();
}

bool becomes_true(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

bool is_alive(pid_t process) {
    if (::kill(process, 0) != 0) return false;
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");  // one that nobody waits for is dead, too
    std::string word;
    for (int field = 0; field < 3; ++field) file >> word;
    return word != "Z";
}

/// A program that holds a server, to be killed.
class holder {
public:
    holder() {
        int input[2] = {};
        int output[2] = {};
        if (::pipe(input) != 0 || ::pipe(output) != 0) std::abort();
        process_ = ::fork();
        if (process_ == 0) {
            ::setpgid(0, 0);
            ::dup2(input[0], 0);
            ::dup2(output[1], 1);
            for (const int each : {input[0], input[1], output[0], output[1]}) ::close(each);
            ::execl(SCRATCH_HOLDER, SCRATCH_HOLDER, shared_cache().c_str(), nullptr);
            ::_exit(127);
        }
        ::close(input[0]);
        ::close(output[1]);
        input_ = input[1];
        std::FILE* answer = ::fdopen(output[0], "r");
        char directory[200] = {};
        if (std::fscanf(answer, "%199s %d", directory, &server_) == 2) directory_ = directory;
        std::fclose(answer);
    }
    holder(const holder&) = delete;
    holder& operator=(const holder&) = delete;
    ~holder() { end(); }

    void end() {
        if (input_ >= 0) ::close(input_);
        input_ = -1;
        if (process_ > 0) ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }
    void kill() {
        ::kill(process_, SIGKILL);
        end();
    }
    // The shell that waits for our end.
    void kill_watchdog() const {
        for (const auto& entry : fs::directory_iterator("/proc")) {
            std::ifstream file(entry.path() / "cmdline");
            const std::string command{std::istreambuf_iterator<char>(file), {}};
            if (command.starts_with("/bin/sh") && command.find(directory_.native()) != std::string::npos)
                ::kill(std::stoi(entry.path().filename()), SIGKILL);
        }
    }

    [[nodiscard]] const fs::path& directory() const { return directory_; }
    [[nodiscard]] pid_t server() const { return server_; }

private:
    pid_t process_ = 0;
    int input_ = -1;
    fs::path directory_;
    int server_ = 0;
};

std::string answer_of(const scratch_server& server, const std::string& sql) {
    return postgresql::connection(server.uri()).run(sql)[0][0].c_str();
}

TEST(ScratchServer, IsGoneWithItsDirectoryAtTheEnd) {
    fs::path directory;
    pid_t process = 0;
    {
        scratch_server server("", {.path = shared_cache()});
        server.start();
        directory = server.directory();
        process = server.id();
        EXPECT_EQ(answer_of(server, "SHOW listen_addresses"), "");
    }
    EXPECT_FALSE(fs::exists(directory));
    EXPECT_FALSE(is_alive(process));
}

TEST(ScratchServer, DoesNotRunAsRoot) {
    scratch_server server("", {.path = shared_cache()});
    server.start();
    struct stat about {};
    ASSERT_EQ(::stat(("/proc/" + std::to_string(server.id())).c_str(), &about), 0);
    EXPECT_NE(about.st_uid, 0U);
}

TEST(ScratchServer, IsGoneWhenItsProgramIsKilled) {
    holder killed;
    ASSERT_TRUE(is_alive(killed.server()));
    killed.kill();
    EXPECT_TRUE(becomes_true([&] { return !is_alive(killed.server()); }));
    EXPECT_TRUE(becomes_true([&] { return !fs::exists(killed.directory()); }));
}

TEST(ScratchServer, IsGoneWhenItsProgramAndItsWatchdogAreKilled) {
    holder killed;
    killed.kill_watchdog();
    killed.kill();
    EXPECT_TRUE(becomes_true([&] { return !is_alive(killed.server()); }));
    EXPECT_TRUE(fs::exists(killed.directory()));
    const run_directory next(unprivileged_account());
    EXPECT_FALSE(fs::exists(killed.directory()));
}

TEST(ScratchServer, LeavesTheDirectoriesOfRunningOnesAlone) {
    holder other;
    const run_directory ours(unprivileged_account());
    EXPECT_TRUE(fs::exists(other.directory() / "data"));
    EXPECT_TRUE(is_alive(other.server()));
}

TEST(ScratchServer, IsCopiedWithWhatIsInIt) {
    const temporary_directory place;
    scratch_server server("", {.path = shared_cache()});
    server.start();
    postgresql::connection(server.uri()).run("CREATE TABLE kept AS SELECT 42 AS number");
    ASSERT_TRUE(server.save(place.path() / "copy", "a note"));
    EXPECT_EQ(note_in(place.path() / "copy"), "a note");
    postgresql::connection(server.uri()).run("DROP TABLE kept");
    server.start_from(place.path() / "copy");
    EXPECT_EQ(answer_of(server, "SELECT number FROM kept"), "42");
}

TEST(ScratchServer, MakesADamagedCacheAnew) {
    const temporary_directory cache;
    const auto make = [&] {
        scratch_server server("", {.path = cache.path()});
        server.start();
        return answer_of(server, "SELECT 1");
    };
    EXPECT_EQ(make(), "1");
    const fs::path kept = fs::directory_iterator(cache.path())->path();
    fs::resize_file(kept / "global" / "pg_control", 100);
    EXPECT_EQ(make(), "1");
    EXPECT_GT(fs::file_size(kept / "global" / "pg_control"), 100U);
}

TEST(ScratchServer, StartsTwiceAtOnce) {
    const temporary_directory cache;
    const auto make = [&] {
        scratch_server server("", {.path = cache.path()});
        server.start();
        EXPECT_EQ(answer_of(server, "SELECT 1"), "1");
    };
    std::thread other(make);
    make();
    other.join();
    EXPECT_EQ(std::distance(fs::directory_iterator(cache.path()), fs::directory_iterator()), 1);
}

TEST(ScratchServer, SaysWhatToInstall) {
    try {
        const scratch_server server("/nowhere", {});
        FAIL();
    } catch (const error& thrown) {
        EXPECT_THAT(thrown.what(), ::testing::HasSubstr("initdb and postgres are not there"));
        EXPECT_THAT(thrown.details().hint, ::testing::HasSubstr("VARVE_SCRATCH_URL"));
    }
}

}  // namespace
}  // namespace varve::scratch
