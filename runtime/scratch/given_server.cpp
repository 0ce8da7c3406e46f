#include "given_server.hpp"

#include "postgresql_scratch.hpp"

#include "core/raise.hpp"
#include "postgresql/connection.hpp"

#include <random>
#include <utility>

namespace varve::scratch {
namespace {

using postgresql::connection;

constexpr std::string_view prefix = "varve_scratch_";

std::string random_name() {
    std::random_device source;
    std::string name(prefix);
    for (int word = 0; word < 4; ++word) {
        constexpr std::string_view digits = "0123456789abcdef";
        const unsigned value = source();
        for (unsigned shift = 0; shift < 32; shift += 4) name += digits[(value >> shift) & 0xFU];
    }
    return name;
}

// The same server, another database. Later words win, in both forms of a connection string.
std::string with_database(const std::string& uri, const std::string& database) {
    const bool is_uri = uri.starts_with("postgresql://") || uri.starts_with("postgres://");
    if (!is_uri) return uri + " dbname=" + database;
    return uri + (uri.find('?') == std::string::npos ? "?dbname=" : "&dbname=") + database;
}

std::string lock_of(std::string_view question, const std::string& database) {
    return core::joined({"SELECT ", question, "(pg_catalog.hashtextextended('", database, "', 0))"});
}

// A database that is dropped with this. While it exists we hold a lock with its name, in the database of the uri.
class own_database {
public:
    explicit own_database(const std::string& uri) : uri_(uri), keeper_(uri) {
        drop_leftovers();
        make();
    }
    own_database(const own_database&) = delete;
    own_database& operator=(const own_database&) = delete;
    ~own_database() { keeper_.run_if_possible("DROP DATABASE IF EXISTS " + name_); }

    [[nodiscard]] std::string uri() const { return with_database(uri_, name_); }

    void make_again() {
        keeper_.run("DROP DATABASE IF EXISTS " + name_);
        make();
    }

private:
    void make() {
        name_ = random_name();
        try {
            keeper_.run(lock_of("pg_catalog.pg_advisory_lock", name_));
            keeper_.run("CREATE DATABASE " + name_ + " TEMPLATE template0");
        } catch (const postgresql::server_error& refused) {
            core::raise(
                error_code::permission_denied,
                {"cannot create a database on ", keeper_.location(), ": ", refused.text()},
                "VARVE_SCRATCH_URL names a server where the user may create databases (ALTER USER .. CREATEDB)");
        }
    }

    void drop_leftovers() {
        for (const auto& row : keeper_.run("SELECT datname FROM pg_catalog.pg_database WHERE "
                                           "datname ~ '^varve_scratch_[0-9a-f]{32}$'")) {
            const std::string name = row[0].c_str();
            const auto is_dead = keeper_.run(lock_of("pg_catalog.pg_try_advisory_lock", name));
            if (std::string_view(is_dead[0][0].c_str()) != "t") continue;
            keeper_.run_if_possible("DROP DATABASE IF EXISTS " + name);
            keeper_.run(lock_of("pg_catalog.pg_advisory_unlock", name));
        }
    }

    std::string uri_;
    connection keeper_;
    std::string name_;
};

}  // namespace

verify_report verify_on_given_server(const verify_task& task, const std::string& uri) {
    own_database where(uri);
    postgresql_scratch database(where.uri(), [&] {
        where.make_again();
        return where.uri();
    });
    return verify(database, task.first, *task.what, {});
}

}  // namespace varve::scratch
