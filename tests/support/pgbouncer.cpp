#include "pgbouncer.hpp"

#include "unprivileged_shell.hpp"

#include <stdexcept>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* life_of_a_pooler = R"(
directory=$1 program=$2 server=$3 sessions=$4 pooling=$5
cd "$directory" || exit 1
trap 'cd /; rm -rf "$directory"' EXIT
cat >pgbouncer.ini <<SETTINGS
[databases]
* = host=$server port=5432 user=postgres
[pgbouncer]
listen_port = 6432
unix_socket_dir = $directory
auth_type = any
pool_mode = $pooling
default_pool_size = $sessions
max_client_conn = 1000
SETTINGS
"$program" pgbouncer.ini >log 2>&1 &
pooler=$!
until [ -S .s.PGSQL.6432 ]; do
    kill -0 $pooler 2>/dev/null || { cat log; exit 1; }
    sleep 0.01
done
echo ready
cat >/dev/null
kill $pooler
wait $pooler
)";

fs::path find_program() {
    for (const char* place : {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"})
        if (fs::exists(place)) return place;
    throw std::runtime_error("PgBouncer is not installed (Debian: apt-get install pgbouncer)");
}

}  // namespace

pgbouncer::pgbouncer(const fs::path& server_directory, int sessions, pooling how)
    : running_(std::make_unique<unprivileged_shell>(
          "PgBouncer", life_of_a_pooler,
          std::vector<std::string>{find_program().string(), server_directory.string(), std::to_string(sessions),
                                   how == pooling::session ? "session" : "transaction"})) {}

pgbouncer::~pgbouncer() = default;

std::string pgbouncer::uri(const std::string& database) const {
    return "postgresql://postgres@/" + database + "?host=" + running_->directory().string() + "&port=6432";
}

}  // namespace varve::testing
