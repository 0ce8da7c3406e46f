// databases <build directory>: what migrating costs, each way compared with the plainest client doing the same.
#include "delay_proxy.hpp"
#include "measure.hpp"

#include <support/postgresql_server.hpp>

#include <pqxx/pqxx>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>

namespace fs = std::filesystem;
using namespace varve::bench;

namespace {

struct setting {
    fs::path build;
    varve::testing::postgresql_server& server;
    std::string socket_directory;  // the server's own, or the one with latency
};

std::string program(const setting& at, const std::string& engine, int count) {
    return (at.build / ("migrate_" + engine + "_" + std::to_string(count))).string();
}

std::string script(const setting& at, const std::string& engine, int count) {
    return (at.build / "histories" / (engine + "_" + std::to_string(count) + ".all.sql")).string();
}

std::string uri(const setting& at, const std::string& database) {
    return "postgresql:///" + database + "?user=postgres&host=" + at.socket_directory;
}

void sqlite(const setting& at, int count, int rounds) {
    const std::string file = (at.build / "bench.db").string();
    const auto fresh = [file] {
        for (const char* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(file + ending);
    };
    const std::string all = script(at, "sqlite", count);
    print("SQLite: " + std::to_string(count) + " small migrations on a new file",
          compare({{"sqlite3 shell, one transaction", fresh,
                    [&] {
                        return run({"sqlite3", file, "BEGIN", ".read " + all, "COMMIT"});
                    }},
                   {"varve (all in one transaction)", fresh,
                    [&] {
                        return run({program(at, "sqlite", count), file});
                    }}},
                  rounds));
}

void pending(const setting& at, int count, int rounds, const std::string& how) {
    std::string database;
    const auto fresh = [&] { database = at.server.create_database(); };
    print("PostgreSQL, " + how + ": " + std::to_string(count) + " small migrations, each in its own transaction",
          compare({{"psql -1 -f", fresh,
                    [&] {
                        return run({"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f",
                                    script(at, "postgresql", count), uri(at, database)});
                    }},
                   {"varve", fresh,
                    [&] {
                        return run({program(at, "postgresql", count), uri(at, database)});
                    }}},
                  rounds));
}

// In one process, so that neither the start of a program nor its linking counts.
cost connect_and(const std::string& where, const std::string& query) {
    const auto begin = std::chrono::steady_clock::now();
    pqxx::connection connection{where};
    pqxx::nontransaction transaction{connection};
    const pqxx::result rows = transaction.exec(query);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    return {wall.count(), 0};
}

void nothing_pending(const setting& at, int count, int rounds) {
    const std::string database = at.server.create_database();
    const std::string where = uri(at, database);
    run({program(at, "postgresql", count), where});
    const std::string query =
        "SELECT count(mark), sum(mark) FROM public.varve_ledger WHERE history IN ('varve', 'bench_postgresql_" +
        std::to_string(count) + "') GROUP BY history";
    print("PostgreSQL: nothing pending, " + std::to_string(count) + " migrations, on a new connection",
          compare({{"connect and SELECT 1", {}, [&] { return connect_and(where, "SELECT 1"); }},
                   {"connect and the ledger's query", {}, [&] { return connect_and(where, query); }}},
                  rounds));
    print("PostgreSQL: nothing pending, " + std::to_string(count) + " migrations, whole processes",
          compare({{"psql -c 'SELECT 1'",
                    {},
                    [&] {
                        return run({"psql", "-X", "-q", "-c", "SELECT 1", where});
                    }},
                   {"varve",
                    {},
                    [&] {
                        return run({program(at, "postgresql", count), where});
                    }}},
                  rounds));
}

void set_fsync(const setting& at, const std::string& value) {
    pqxx::connection connection{uri(at, "postgres")};
    pqxx::nontransaction transaction{connection};
    transaction.exec("ALTER SYSTEM SET fsync = " + value);
    transaction.exec("ALTER SYSTEM SET synchronous_commit = " + value);
    transaction.exec("SELECT pg_reload_conf()");
}

}  // namespace

int main(int count, char** words) try {
    if (count != 2) throw std::runtime_error("usage: databases <build directory>");
    varve::testing::postgresql_server server;
    const setting near{words[1], server, server.directory().string()};
    sqlite(near, 100, 9);
    sqlite(near, 1000, 9);
    for (const int size : {10, 100, 1000}) nothing_pending(near, size, 21);
    pending(near, 100, 9, "fsync off");
    pending(near, 1000, 5, "fsync off");
    set_fsync(near, "on");
    pending(near, 100, 5, "fsync on");
    set_fsync(near, "off");

    const fs::path far_directory = fs::path(server.directory()) / "far";
    fs::create_directory(far_directory);
    const delay_proxy proxy(far_directory / ".s.PGSQL.5432", server.directory() / ".s.PGSQL.5432",
                            std::chrono::milliseconds(5));
    const setting far{words[1], server, far_directory.string()};
    pending(far, 100, 3, "10 ms away, fsync off");
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "databases: " << failure.what() << '\n';
    return 1;
}
