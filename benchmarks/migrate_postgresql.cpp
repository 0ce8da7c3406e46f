// migrate_postgresql_<count> URI: what a program does at its start.
#include BENCH_HEADER

#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>

#include <cstdio>

int main(int count, char** words) try {
    if (count != 2) return 64;
    varve::postgresql_engine database{words[1]};
    varve::migrate(database, BENCH_HISTORY::history);
    return 0;
} catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
}
