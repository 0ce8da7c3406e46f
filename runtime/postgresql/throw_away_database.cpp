#include "throw_away_database.hpp"

#include "core/raise.hpp"

#include <random>
#include <string_view>
#include <utility>

namespace varve::postgresql {
namespace {

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

}  // namespace

throw_away_database::throw_away_database(const std::string& uri, std::string hint_if_refused)
    : uri_(uri), hint_(std::move(hint_if_refused)), keeper_(uri) {
    drop_leftovers();
    make();
}

throw_away_database::~throw_away_database() { keeper_.run_if_possible("DROP DATABASE IF EXISTS " + name_); }

std::string throw_away_database::uri() const { return with_database(uri_, name_); }

void throw_away_database::make_again() {
    keeper_.run("DROP DATABASE IF EXISTS " + name_);
    make();
}

void throw_away_database::make() {
    name_ = random_name();
    try {
        keeper_.run(lock_of("pg_catalog.pg_advisory_lock", name_));
        keeper_.run("CREATE DATABASE " + name_ + " TEMPLATE template0");
    } catch (const server_error& refused) {
        core::raise(error_code::permission_denied,
                    {"cannot create a database on ", keeper_.location(), ": ", refused.text()}, hint_);
    }
}

void throw_away_database::drop_leftovers() {
    for (const auto& row : keeper_.run("SELECT datname FROM pg_catalog.pg_database WHERE "
                                       "datname ~ '^varve_scratch_[0-9a-f]{32}$'")) {
        const std::string name = row[0].c_str();
        const auto is_dead = keeper_.run(lock_of("pg_catalog.pg_try_advisory_lock", name));
        if (std::string_view(is_dead[0][0].c_str()) != "t") continue;
        keeper_.run_if_possible("DROP DATABASE IF EXISTS " + name);
        keeper_.run(lock_of("pg_catalog.pg_advisory_unlock", name));
    }
}

}  // namespace varve::postgresql
