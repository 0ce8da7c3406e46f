#include "scratch_databases.hpp"

#include "core/raise.hpp"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

namespace varve::postgresql {
namespace {

constexpr std::string_view prefix = "varve_scratch_";
constexpr int knows_strategies = 150'000;
constexpr int forces_dropping = 130'000;  // since this version DROP DATABASE throws out who is connected

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

std::string lock_of(std::string_view question, const std::string& database) {
    return core::joined({"SELECT ", question, "(pg_catalog.hashtextextended('", database, "', 0))"});
}

}  // namespace

scratch_databases::scratch_databases(std::string uri, server whose, std::string_view hint_if_refused)
    : uri_(std::move(uri)), whose_(whose), hint_(hint_if_refused), keeper_(uri_) {
    drop_leftovers();
}

scratch_databases::~scratch_databases() {
    for (const auto& each : made_) drop_now(each);
}

std::string scratch_databases::make_from(const std::string& other) {
    const std::lock_guard<std::mutex> guard(mutex_);
    std::string name = random_name();
    try {
        keeper_.run(lock_of("pg_catalog.pg_advisory_lock", name));
        create(name, other);
    } catch (const server_error& refused) {
        core::raise(error_code::permission_denied,
                    {"cannot create a database on ", keeper_.location(), ": ", refused.text()}, hint_);
    }
    made_.insert(name);
    return name;
}

// The log of what is copied, page by page, costs half as much again as the files: it saves the flushing, of which there
// is none here.
void scratch_databases::create(const std::string& name, const std::string& other) {
    const bool files = whose_ == server::ours && keeper_.server_version() >= knows_strategies;
    keeper_.run(core::joined({"CREATE DATABASE ", name, " TEMPLATE ", other, files ? " STRATEGY FILE_COPY" : ""}));
}

void scratch_databases::drop(const std::string& name) noexcept {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (made_.erase(name) > 0) drop_now(name);
}

void scratch_databases::drop_now(const std::string& name) noexcept {
    try {
        const bool forced = keeper_.server_version() >= forces_dropping;
        keeper_.run_if_possible(core::joined({"DROP DATABASE IF EXISTS ", name, forced ? " WITH (FORCE)" : ""}));
        keeper_.run_if_possible(lock_of("pg_catalog.pg_advisory_unlock", name));
    } catch (...) {  // NOLINT(bugprone-empty-catch): the next run finds it
    }
}

std::string scratch_databases::uri_of(const std::string& name) const { return with_database(uri_, name); }

void scratch_databases::drop_leftovers() {
    for (const auto& row : keeper_.run("SELECT datname FROM pg_catalog.pg_database WHERE "
                                       "datname ~ '^varve_scratch_[0-9a-f]{32}$'")) {
        const std::string name = row[0].c_str();
        const auto is_dead = keeper_.run(lock_of("pg_catalog.pg_try_advisory_lock", name));
        if (std::string_view(is_dead[0][0].c_str()) == "t") drop_now(name);
    }
}

std::string with_database(const std::string& uri, const std::string& database) {
    const bool is_uri = uri.starts_with("postgresql://") || uri.starts_with("postgres://");
    if (!is_uri) return uri + " dbname=" + database;  // later words win
    const std::size_t server = uri.find("://") + 3;
    const std::size_t query = std::min(uri.find('?', server), uri.size());
    if (uri.find("dbname=", query) != std::string::npos) return uri + "&dbname=" + database;
    const std::size_t slash = std::min(uri.find('/', server), query);
    return uri.substr(0, slash) + "/" + database + uri.substr(query);
}

}  // namespace varve::postgresql
