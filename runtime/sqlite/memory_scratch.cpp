#include "memory_scratch.hpp"

#include "catalog_reading.hpp"
#include "refusal.hpp"

#include <varve/error.hpp>

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

connection in_memory(waiting& alone) { return connection::open_or_create(database_name(":memory:"), alone); }

void copy_all(const connection& from, const connection& to) {
    sqlite3_backup* const copying = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (copying != nullptr) sqlite3_backup_step(copying, -1);
    const int result = copying == nullptr ? sqlite3_errcode(to.handle()) : sqlite3_backup_finish(copying);
    if (result != SQLITE_OK)
        throw error({.code = error_code::database_unusable,
                     .message = "the database in memory cannot be copied: " + refusal(to.handle(), result).message()});
}

}  // namespace

memory_scratch::memory_scratch() : open_(in_memory(alone_)), copy_(in_memory(alone_)), engine_(open_.handle()) {}

catalog memory_scratch::read_catalog() {
    try {
        return sqlite::read_catalog(open_);
    } catch (const refusal& refused) {
        throw error({.code = error_code::statement_failed,
                     .message = "the schema or the rows cannot be read: " + refused.message(),
                     .sqlstate = result_name(refused.code())});
    }
}

void memory_scratch::remember() { copy_all(open_, copy_); }
void memory_scratch::bring_back() { copy_all(copy_, open_); }

}  // namespace varve::sqlite
