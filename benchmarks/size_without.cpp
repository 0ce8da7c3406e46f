// The client library and an embedded history without varve: what the size of a program with varve is compared with.
#include BENCH_HEADER

#ifdef BENCH_SQLITE
#include <sqlite3.h>
#else
#include <pqxx/pqxx>
#endif

#include <cstdio>
#include <exception>

int main(int count, char** words) try {
    if (count != 2) return 64;
#ifdef BENCH_SQLITE
    sqlite3* database = nullptr;
    const int result = sqlite3_open(words[1], &database);
    sqlite3_close(database);
    if (result != SQLITE_OK) return 1;
#else
    pqxx::connection connection{words[1]};
    pqxx::work transaction{connection};
    transaction.exec("SELECT 1");
    transaction.commit();
#endif
    return static_cast<int>(BENCH_HISTORY::history.size()) == 0 ? 1 : 0;
} catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
}
