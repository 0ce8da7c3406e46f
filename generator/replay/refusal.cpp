#include <replay/refusal.hpp>

#include <sqlite3.h>

namespace varve::generator {
namespace {

int offset_of_error(sqlite3* database) {
#if SQLITE_VERSION_NUMBER >= 3038000
    // The library at run time may be older than the header.
    if (sqlite3_libversion_number() >= 3038000) return sqlite3_error_offset(database);
#endif
    static_cast<void>(database);
    return -1;
}

}  // namespace

refusal refusal_of(sqlite3* database, int result) {
    return {.code = result & 0xff, .message = sqlite3_errmsg(database), .offset = offset_of_error(database)};
}

}  // namespace varve::generator
