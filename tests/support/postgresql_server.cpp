#include "postgresql_server.hpp"

#if __has_include(<boost/process/v2.hpp>)
#include <boost/process/v2.hpp>
#else
#include <boost/process.hpp>
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>
#include <pqxx/pqxx>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;
namespace process = boost::process::v2;

// The whole life of the server, as a child of the test program: when the pipe to it ends, for whatever reason, the
// server is stopped and its directory removed. Told: the directory, and where the programs are.
constexpr const char* life_of_a_server = R"(
directory=$1 programs=$2
unset $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p')
cd "$directory" || exit 1
trap 'cd /; rm -rf "$directory"' EXIT
failed() { echo "failed: $1"; cat "$directory/setup.log" "$directory/log" 2>/dev/null; exit 1; }
"$programs/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 --locale=C --no-sync --no-instructions \
    --wal-segsize=1 >setup.log 2>&1 || failed initdb
cat >>data/postgresql.conf <<SETTINGS || failed settings
listen_addresses = ''
unix_socket_directories = '$directory'
port = 5432
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
shared_buffers = 32MB
wal_level = minimal
max_wal_senders = 0
timezone = 'Pacific/Chatham'
log_line_prefix = '%d|'
SETTINGS
"$programs/pg_ctl" start -w -t 120 -D "$directory/data" -l "$directory/log" >>setup.log 2>&1 || failed start
echo ready
cat >/dev/null
"$programs/pg_ctl" stop -w -m immediate -D "$directory/data" >/dev/null 2>&1
)";

struct account {
    uid_t user = 0;
    gid_t group = 0;
};

// PostgreSQL refuses to run as root.
account unprivileged_account() {
    if (::geteuid() != 0) return {::geteuid(), ::getegid()};
    for (const char* name : {"postgres", "nobody"})
        if (const passwd* found = ::getpwnam(name)) return {found->pw_uid, found->pw_gid};
    throw std::runtime_error("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`");
}

// Runs in the child before the program starts: another user, and a session of its own, so that Ctrl-C in the terminal
// reaches the test program only.
struct as_account {
    account who;

    template <typename Launcher, typename... Rest>
    process::error_code on_exec_setup(Launcher&, const process::filesystem::path&, Rest&&...) const {
        const bool changed =
            ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(who.group) == 0 && ::setuid(who.user) == 0);
        if (!changed) return {errno, boost::system::system_category()};
        ::setsid();
        return {};
    }
};

// In memory where there is room for many databases.
fs::path place_for_servers() {
    constexpr std::uintmax_t plenty = 4ULL << 30U;
    const fs::path memory = "/dev/shm";
    std::error_code missing;
    const fs::space_info room = fs::space(memory, missing);
    const bool is_usable = !missing && room.available >= plenty && ::access(memory.c_str(), W_OK) == 0;
    return is_usable ? memory : fs::path("/tmp");
}

// Short, because a socket's path may have 107 bytes only.
fs::path make_directory(const account& owner) {
    std::string name = place_for_servers() / "varve-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create the directory " + name);
    if (::chown(name.c_str(), owner.user, owner.group) != 0) throw std::runtime_error("cannot give away " + name);
    return name;
}

bool has_programs(const fs::path& folder) { return fs::exists(folder / "initdb") && fs::exists(folder / "postgres"); }

std::vector<fs::path> folders_of_path() {
    std::vector<fs::path> folders;
    const char* path = std::getenv("PATH");
    std::istringstream text(path == nullptr ? "" : path);
    for (std::string folder; std::getline(text, folder, ':');) folders.emplace_back(folder);
    return folders;
}

// Debian's /usr/lib/postgresql/15/bin, newest first.
std::vector<fs::path> folders_of_distributions() {
    std::vector<std::pair<int, fs::path>> found;
    std::error_code ignored;
    for (const char* root : {"/usr/lib/postgresql", "/usr/local/pgsql"})
        for (const auto& entry : fs::directory_iterator(root, ignored))
            found.emplace_back(std::atoi(entry.path().filename().c_str()), entry.path() / "bin");
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> folders;
    for (auto& [version, folder] : found) folders.push_back(std::move(folder));
    return folders;
}

}  // namespace

struct postgresql_server::child {
    boost::asio::io_context context;
    boost::asio::writable_pipe input{context};
    boost::asio::readable_pipe output{context};
    std::unique_ptr<process::process> running;
};

fs::path postgresql_server::find_programs() {
    if (const char* chosen = std::getenv("VARVE_POSTGRESQL_BIN")) return chosen;
    for (const auto& folders : {folders_of_path(), folders_of_distributions()})
        for (const auto& folder : folders)
            if (has_programs(folder)) return folder;
    throw std::runtime_error(
        "PostgreSQL's server is not installed: `initdb` and `postgres` are neither in PATH nor in "
        "/usr/lib/postgresql/*/bin. Install it (Debian: apt-get install postgresql), or set VARVE_POSTGRESQL_BIN");
}

postgresql_server::postgresql_server() : child_(std::make_unique<child>()) {
    const fs::path programs = find_programs();
    const account owner = unprivileged_account();
    directory_ = make_directory(owner);
    const std::vector<std::string> arguments{"-c", life_of_a_server, "sh", directory_.string(), programs.string()};
    child_->running = std::make_unique<process::process>(
        child_->context, "/bin/sh", arguments,
        process::process_stdio{.in = child_->input, .out = child_->output, .err = {}}, as_account{owner});
    std::string answer;
    boost::system::error_code ended;
    boost::asio::read_until(child_->output, boost::asio::dynamic_buffer(answer), "ready\n", ended);
    if (!ended) return;
    child_->running->wait(ended);
    throw std::runtime_error("PostgreSQL in " + programs.string() + " does not start: " + answer);
}

postgresql_server::~postgresql_server() {
    boost::system::error_code ignored;
    child_->input.close(ignored);
    child_->running->wait(ignored);
    std::error_code gone;
    fs::remove_all(directory_, gone);  // what a test that runs as root has put there
}

std::string postgresql_server::create_database() {
    std::string name = "test_" + std::to_string(++databases_);
    pqxx::connection connection(uri("postgres"));
    // Without fsync copying the files is the faster way; before version 15 it was the only one.
    const std::string how = connection.server_version() >= 150000 ? " STRATEGY file_copy" : "";
    pqxx::nontransaction(connection).exec("CREATE DATABASE " + name + how);
    return name;
}

std::string postgresql_server::uri(const std::string& database) const { return uri(database, "postgres"); }

std::string postgresql_server::uri(const std::string& database, const std::string& user) const {
    return "postgresql://" + user + "@/" + database + "?host=" + directory_.string();
}

const fs::path& postgresql_server::directory() const { return directory_; }

std::string postgresql_server::log_of(const std::string& database) const {
    std::ifstream file(directory_ / "log");
    std::string wanted;
    const std::string prefix = database + "|";
    bool inside = false;  // lines after the first of a message begin with a tab
    for (std::string line; std::getline(file, line);) {
        const bool continued = !line.empty() && line.front() == '\t';
        if (!continued) inside = line.rfind(prefix, 0) == 0;
        if (inside) wanted += (continued ? line : line.substr(prefix.size())) + "\n";
    }
    return wanted;
}

postgresql_server& shared_postgresql_server() {
    static postgresql_server server;
    return server;
}

}  // namespace varve::testing
