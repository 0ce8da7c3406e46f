#include "scratch_server.hpp"

#include "file_tree.hpp"

#include "core/raise.hpp"
#include "postgresql/connection.hpp"

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

extern char** environ;  // NOLINT: its name is POSIX's

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;

constexpr auto longest_start = std::chrono::minutes(2);
constexpr auto between_questions = std::chrono::milliseconds(1);
constexpr std::size_t shown_of_the_log = 2000;
constexpr const char* name_of_note = "varve.note";

// Nothing is worth keeping, nothing happens by itself, one client.
std::vector<std::string> arguments_of_a_server(const fs::path& data, const fs::path& directory) {
    std::vector<std::string> result{"-D", data.native(), "-k", directory.native()};
    for (const char* setting :
         {"listen_addresses=", "port=5432", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
          "autovacuum=off", "jit=off", "wal_level=minimal", "max_wal_senders=0", "max_worker_processes=0",
          "max_parallel_workers=0", "shared_buffers=32MB", "max_connections=100", "checkpoint_timeout=1d",
          "max_wal_size=1GB", "bgwriter_lru_maxpages=0", "logging_collector=off", "log_destination=stderr",
          "track_counts=on"}) {
        result.emplace_back("-c");
        result.emplace_back(setting);
    }
    return result;
}

std::string contents_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::string end_of(const fs::path& file) {
    const std::string all = contents_of(file);
    return all.size() <= shown_of_the_log ? all : all.substr(all.size() - shown_of_the_log);
}

std::string unique_name(const fs::path& beside) {
    static unsigned number = 0;
    return beside.native() + "." + std::to_string(::getpid()) + "-" + std::to_string(++number);
}

}  // namespace

scratch_server::scratch_server(const fs::path& programs, data_cache cache)
    : owner_(unprivileged_account()),
      directory_(owner_),
      watchdog_(directory_.path(), owner_),
      programs_(find_postgresql(programs, owner_, directory_.path())),
      cache_(std::move(cache)) {}

scratch_server::~scratch_server() { stop(SIGQUIT); }

std::string scratch_server::uri() const {
    return "postgresql://postgres@/template1?host=" + directory_.path().native() + "&port=5432";
}

void scratch_server::fail(const char* what) const {
    core::raise(error_code::database_unusable,
                {what, " in ", programs_.folder.native(), " failed:\n", end_of(directory_.path() / "log")},
                "set VARVE_SCRATCH_URL to a server where databases may be created, to do without");
}

void scratch_server::start() {
    const fs::path kept = cache_.path / ("empty-" + programs_.version + "-" + cache_.encoding + "-" + cache_.locale);
    std::error_code missing;
    if (!cache_.path.empty() && fs::exists(kept / "PG_VERSION", missing)) {
        try {
            start_from(kept);
            return;
        } catch (const std::exception&) {
            stop(SIGQUIT);  // damaged: made again
            fs::remove_all(kept, missing);
        }
    }
    stop(SIGQUIT);
    fs::remove_all(data(), missing);
    make_cluster();
    run();
    slim_cluster();
    if (!cache_.path.empty()) save(kept, "");
}

void scratch_server::start_from(const fs::path& saved) {
    stop(SIGQUIT);
    fs::remove_all(data());
    copy_data_directory(saved, data(), owner_);
    run();
}

bool scratch_server::save(const fs::path& place, const std::string& note) {
    postgresql::connection(uri()).run("CHECKPOINT");
    std::error_code failed;
    fs::create_directories(place.parent_path(), failed);
    const fs::path copy = unique_name(place);
    try {
        copy_data_directory(data(), copy, {::geteuid(), ::getegid()});
        std::ofstream file(copy / name_of_note, std::ios::binary);
        file << note;
        file.close();
        if (!file) throw fs::filesystem_error("cannot write", copy, std::make_error_code(std::errc::io_error));
    } catch (const fs::filesystem_error&) {  // a full disk, a read-only tree: the next run takes longer
        fs::remove_all(copy, failed);
        return false;
    }
    return put_in_place(copy, place);
}

void scratch_server::make_cluster() {
    const int result =
        child_process({.program = programs_.folder / "initdb",
                       .arguments = {"-D", data().native(), "-U", "postgres", "-A", "trust", "-E", cache_.encoding,
                                     "--locale=" + cache_.locale, "--no-sync", "--no-instructions", "--wal-segsize=1"},
                       .as = owner_,
                       .output = directory_.path() / "log",
                       .directory = directory_.path()})
            .wait();
    if (result != 0) fail("initdb");
}

// What is not there need not be copied: two thirds of the files.
void scratch_server::slim_cluster() {
    postgresql::connection db(uri());
    db.run("UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = 'template0'");
    db.run("DROP DATABASE template0");
    db.run("DROP DATABASE postgres");
}

void scratch_server::run() {
    server_.emplace(launch{.program = programs_.folder / "postgres",
                           .arguments = arguments_of_a_server(data(), directory_.path()),
                           .as = owner_,
                           .output = directory_.path() / "log",
                           .directory = directory_.path()});
    watchdog_.guard(server_->id());
    wait_until_ready();
}

void scratch_server::wait_until_ready() {
    const auto deadline = std::chrono::steady_clock::now() + longest_start;
    const fs::path socket = directory_.path() / ".s.PGSQL.5432";
    while (std::chrono::steady_clock::now() < deadline) {
        std::error_code missing;
        if (fs::exists(socket, missing) && postgresql::connection(uri()).try_reconnect()) return;
        if (!server_->is_running()) break;
        std::this_thread::sleep_for(between_questions);
    }
    fail("postgres");
}

void scratch_server::stop(int signal) {
    if (!server_) return;
    server_->signal(signal);
    server_->wait();
    server_.reset();
}

void forget_other_servers() {
    std::vector<std::string> names;
    for (char** each = environ; *each != nullptr; ++each)
        if (const std::string_view variable = *each; variable.starts_with("PG"))
            names.emplace_back(variable.substr(0, variable.find('=')));
    for (const auto& each : names) ::unsetenv(each.c_str());
}

std::string note_in(const fs::path& saved) { return contents_of(saved / name_of_note); }

}  // namespace varve::scratch
