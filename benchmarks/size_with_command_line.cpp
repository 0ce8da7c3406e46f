// A program with the whole command line, for its size.
#include BENCH_HEADER

#include <varve/command_line.hpp>

#ifdef BENCH_SQLITE
#include <varve/sqlite.hpp>
using bench_engine = varve::sqlite_engine;
#else
#include <varve/postgresql.hpp>
using bench_engine = varve::postgresql_engine;
#endif

int main(int count, char** words) {
    if (count < 2) return 64;
    bench_engine database{words[1]};
    return varve::command_line(database, BENCH_HISTORY::history, {words + 2, words + count});
}
