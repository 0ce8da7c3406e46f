#include "postgresql_server.hpp"

#include "unprivileged_shell.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;

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
while read -r order; do
    "$programs/pg_ctl" stop -w -m immediate -D "$directory/data" >>setup.log 2>&1
    "$programs/pg_ctl" start -w -t 120 -D "$directory/data" -l "$directory/log" >>setup.log 2>&1 || failed "$order"
    echo ready
done
"$programs/pg_ctl" stop -w -m immediate -D "$directory/data" >/dev/null 2>&1
)";

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

fs::path postgresql_server::find_programs() {
    if (const char* chosen = std::getenv("VARVE_POSTGRESQL_BIN")) return chosen;
    for (const auto& folders : {folders_of_path(), folders_of_distributions()})
        for (const auto& folder : folders)
            if (has_programs(folder)) return folder;
    throw std::runtime_error(
        "PostgreSQL's server is not installed: `initdb` and `postgres` are neither in PATH nor in "
        "/usr/lib/postgresql/*/bin. Install it (Debian: apt-get install postgresql), or set VARVE_POSTGRESQL_BIN");
}

postgresql_server::postgresql_server()
    : running_(std::make_unique<unprivileged_shell>("PostgreSQL", life_of_a_server,
                                                    std::vector<std::string>{find_programs().string()})) {}

postgresql_server::~postgresql_server() = default;

void postgresql_server::crash() { running_->order("crash"); }

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
    return "postgresql://" + user + "@/" + database + "?host=" + directory().string();
}

const fs::path& postgresql_server::directory() const { return running_->directory(); }

std::string postgresql_server::log_of(const std::string& database) const {
    std::ifstream file(directory() / "log");
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
