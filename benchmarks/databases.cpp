// databases <build directory> [near|far|starters|long|resuming]: what migrating costs, each way compared with the
// plainest client doing the same.
#include "delay_proxy.hpp"
#include "measure.hpp"

#include <support/history_builder.hpp>
#include <support/postgresql_server.hpp>

#include <unistd.h>
#include <bench_postgresql_10.hpp>
#include <bench_postgresql_100.hpp>
#include <bench_postgresql_1000.hpp>
#include <pqxx/pqxx>
#include <varve/migrate.hpp>
#include <varve/observer.hpp>
#include <varve/postgresql.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
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

// `what` is versioned or plain: with a row for each migration in a version table, or the statements alone.
std::string script(const setting& at, const std::string& engine, int count, const std::string& what) {
    return (at.build / "histories" / (engine + "_" + std::to_string(count) + "." + what + ".sql")).string();
}

std::string uri(const setting& at, const std::string& database) {
    return "postgresql:///" + database + "?user=postgres&host=" + at.socket_directory;
}

void sqlite(const setting& at, int count, int rounds) {
    const std::string file = (at.build / "bench.db").string();
    const auto fresh = [file] {
        for (const char* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(file + ending);
    };
    const auto shell = [&](const std::string& what) {
        return run({"sqlite3", file, "BEGIN", ".read " + script(at, "sqlite", count, what), "COMMIT"});
    };
    print("SQLite: " + std::to_string(count) + " small migrations on a new file, one transaction",
          compare({{"sqlite3 shell, with a version table", fresh, [&] { return shell("versioned"); }},
                   {"sqlite3 shell, the statements alone", fresh, [&] { return shell("plain"); }},
                   {"varve", fresh,
                    [&] {
                        return run({program(at, "sqlite", count), file});
                    }}},
                  rounds));
}

void pending(const setting& at, int count, int rounds, const std::string& how) {
    std::string database;
    const auto fresh = [&] { database = at.server.create_database(); };
    const auto psql = [&](const std::string& what) {
        return run({"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", script(at, "postgresql", count, what),
                    uri(at, database)});
    };
    print("PostgreSQL, " + how + ": " + std::to_string(count) + " small migrations, each in its own transaction",
          compare({{"psql -1 -f, with a version table", fresh, [&] { return psql("versioned"); }},
                   {"psql -1 -f, the statements alone", fresh, [&] { return psql("plain"); }},
                   {"varve", fresh,
                    [&] {
                        return run({program(at, "postgresql", count), uri(at, database)});
                    }}},
                  rounds));
}

cost wall_of(const std::function<void()>& what) {
    const auto begin = std::chrono::steady_clock::now();
    what();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 0};
}

// In one process, so that neither the start of a program nor its linking counts.
void nothing_pending(const setting& at, int count, const varve::history& history, int rounds) {
    const std::string database = at.server.create_database();
    const std::string where = uri(at, database);
    run({program(at, "postgresql", count), where});
    const auto select_one = [&] {
        pqxx::connection connection{where};
        pqxx::nontransaction{connection}.exec("SELECT 1");
    };
    const auto migrate = [&] {
        varve::postgresql_engine engine{where};
        varve::migrate(engine, history);
    };
    const std::string what = "PostgreSQL: nothing pending, " + std::to_string(count) + " migrations, ";
    print(what + "on a new connection", compare({{"connect and SELECT 1", {}, [&] { return wall_of(select_one); }},
                                                 {"varve::migrate()", {}, [&] { return wall_of(migrate); }}},
                                                rounds));
    print(what + "whole processes", compare({{"psql -c 'SELECT 1'",
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

// Until the last of many processes that start at once is through.
void starters(const setting& at, int rounds) {
    std::string database;
    const auto fresh = [&] { database = at.server.create_database(); };
    const auto start = [&](int count) {
        const std::string one = program(at, "postgresql", 10) + " '" + uri(at, database) + "'";
        return run({"sh", "-c", "for each in $(seq " + std::to_string(count) + "); do " + one + " & done; wait"});
    };
    print("PostgreSQL: 10 small migrations, until the last starter is through",
          compare({{"one starter", fresh, [&] { return start(1); }}, {"50 starters", fresh, [&] { return start(50); }}},
                  rounds));
    varve::postgresql_engine engine{uri(at, at.server.create_database())};
    pqxx::connection connection{uri(at, "postgres")};
    const auto ask_twice = [&] {
        for (int each = 0; each < 2; ++each) pqxx::nontransaction{connection}.exec("SELECT 1");
    };
    const auto lock = [&] {
        if (!engine.try_lock()) throw std::runtime_error("somebody has the lock");
        engine.unlock();
    };
    lock();
    print("PostgreSQL: the lock of a run, on a connection that is there",
          compare({{"SELECT 1, twice", {}, [&] { return wall_of(ask_twice); }},
                   {"taken and given back", {}, [&] { return wall_of(lock); }}},
                  101));
}

// A directory for a socket, outside the server's own, which is not ours to clean.
class scratch_directory {
public:
    scratch_directory() : path_(fs::temp_directory_path() / ("varve-far-" + std::to_string(::getpid()))) {
        fs::create_directory(path_);
    }
    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;
    ~scratch_directory() {
        std::error_code ignored;  // nothing depends on it any more
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void set_fsync(const setting& at, const std::string& value) {
    pqxx::connection connection{uri(at, "postgres")};
    pqxx::nontransaction transaction{connection};
    transaction.exec("ALTER SYSTEM SET fsync = " + value);
    transaction.exec("ALTER SYSTEM SET synchronous_commit = " + value);
    transaction.exec("SELECT pg_reload_conf()");
}

// The script alone is the history that is built in memory; what is above it is varve's, the client library's and, for
// SQLite, the database's.
void long_scripts(const setting& at, int rounds) {
    const std::string file = (at.build / "bench.db").string();
    const std::string migrate = (at.build / "bench_long_scripts").string();
    std::string database;
    print("One migration with a script of 100 MB, 100,000 statements",
          compare({{"the script in memory",
                    {},
                    [&] {
                        return run({migrate, "text"});
                    }},
                   {"varve, SQLite", [&] { fs::remove(file); },
                    [&] {
                        return run({migrate, "sqlite", file});
                    }},
                   {"varve, PostgreSQL", [&] { database = at.server.create_database(); },
                    [&] {
                        return run({migrate, "postgresql", uri(at, database)});
                    }}},
                  rounds));
    fs::remove(file);
}

constexpr int indexes = 20;

varve::testing::migration_text indexes_built_apart() {
    varve::testing::migration_text result{.version = 2, .name = "indexes"};
    result.mode = varve::transaction_mode::no_transaction;
    static std::deque<std::string> names;  // what the probes refer to
    for (std::uint32_t index = 0; index < indexes; ++index) {
        const std::string& name = names.emplace_back("item_" + std::to_string(index));
        result.up.push_back("CREATE INDEX CONCURRENTLY " + name + " ON item (id)");
        result.up_probes.push_back(
            {.statement = index, .kind = varve::probe_kind::index_built, .object = "item", .name = name});
    }
    return result;
}

// Leaves when so many statements were begun, as a process that is killed does; the next start goes on.
class leaving final : public varve::observer {
public:
    explicit leaving(int after) : left_(after) {}
    void on_event(const varve::event& what) override {
        if (what.kind == varve::event_kind::statement_begun && left_-- == 0) throw std::runtime_error("enough");
    }

private:
    int left_;
};

// A script without a transaction, in one run and in two.
void resuming(const setting& at, int rounds) {
    const varve::testing::migration_text table{.version = 1, .name = "item", .up = {"CREATE TABLE item (id bigint)"}};
    const varve::testing::built_history all("bench", varve::engine_kind::postgresql, {table, indexes_built_apart()});
    std::string database;
    const auto fresh = [&] {
        database = at.server.create_database();
        varve::postgresql_engine engine{uri(at, database)};
        varve::migrate(engine, all.get(), {.to = varve::target::version(1)});
    };
    const auto go_on = [&] {
        varve::postgresql_engine engine{uri(at, database)};
        varve::migrate(engine, all.get());
    };
    const auto leave_and_go_on = [&] {
        leaving watch(indexes / 2);
        try {
            varve::postgresql_engine engine{uri(at, database)};
            varve::migrate(engine, all.get(), {.to = varve::target::version(2), .watch = &watch});
        } catch (const std::exception&) {
            go_on();
            return;
        }
        throw std::runtime_error("nothing was left to go on with");
    };
    print("PostgreSQL: a script without a transaction, " + std::to_string(indexes) + " indexes built concurrently",
          compare({{"in one run", fresh, [&] { return wall_of(go_on); }},
                   {"left in the middle, and resumed", fresh, [&] { return wall_of(leave_and_go_on); }}},
                  rounds));
}

void everything_near(const setting& at) {
    sqlite(at, 100, 9);
    sqlite(at, 1000, 9);
    nothing_pending(at, 10, bench_postgresql_10::history, 21);
    nothing_pending(at, 100, bench_postgresql_100::history, 21);
    nothing_pending(at, 1000, bench_postgresql_1000::history, 21);
    pending(at, 100, 9, "fsync off");
    pending(at, 1000, 5, "fsync off");
    set_fsync(at, "on");
    pending(at, 100, 5, "fsync on");
    set_fsync(at, "off");
}

void far_away(const setting& at) {
    const scratch_directory place;
    const delay_proxy proxy(place.path() / ".s.PGSQL.5432", at.server.directory() / ".s.PGSQL.5432",
                            std::chrono::milliseconds(5));
    const setting far{at.build, at.server, place.path().string()};
    pending(far, 100, 3, "10 ms away, fsync off");
}

}  // namespace

int main(int count, char** words) try {
    if (count < 2 || count > 3)
        throw std::runtime_error("usage: databases <build directory> [near|far|starters|long|resuming]");
    varve::testing::postgresql_server server;
    const setting near{words[1], server, server.directory().string()};
    const std::string part = count == 3 ? words[2] : "";
    if (part.empty() || part == "near") everything_near(near);
    if (part.empty() || part == "starters") starters(near, 5);
    if (part.empty() || part == "far") far_away(near);
    if (part.empty() || part == "long") long_scripts(near, 3);
    if (part.empty() || part == "resuming") resuming(near, 9);
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "databases: " << failure.what() << '\n';
    return 1;
}
