#include "refusal.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

int offset_of_error(sqlite3* connection) {
#if SQLITE_VERSION_NUMBER >= 3038000
    // The library at run time may be older than the header.
    if (sqlite3_libversion_number() >= 3038000) return sqlite3_error_offset(connection);
#endif
    static_cast<void>(connection);
    return -1;
}

}  // namespace

refusal::refusal(sqlite3* connection, int result) : code_(result) {
    if (connection == nullptr) {
        message_ = sqlite3_errstr(result);
        return;
    }
    const int extended = sqlite3_extended_errcode(connection);
    if ((extended & 0xff) == (result & 0xff)) code_ = extended;
    message_ = sqlite3_errmsg(connection);
    offset_ = offset_of_error(connection);
    if (primary_code() == SQLITE_IOERR || primary_code() == SQLITE_CANTOPEN) {
        system_error_ = sqlite3_system_errno(connection);
    }
}

bool refusal::is_busy() const noexcept { return primary_code() == SQLITE_BUSY || code_ == SQLITE_LOCKED_SHAREDCACHE; }

error_code error_code_of(int extended_code) noexcept {
    switch (extended_code & 0xff) {
        case SQLITE_READONLY:
            return error_code::read_only;
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return error_code::permission_denied;
        case SQLITE_INTERRUPT:
            return error_code::cancelled;
        case SQLITE_BUSY:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_NOMEM:
        case SQLITE_NOLFS:
            return error_code::database_unusable;
        default:
            return extended_code == SQLITE_LOCKED_SHAREDCACHE ? error_code::database_unusable
                                                              : error_code::statement_failed;
    }
}

std::string_view hint_for(int extended_code) noexcept {
    switch (extended_code) {
        case SQLITE_READONLY_ROLLBACK:
        case SQLITE_READONLY_RECOVERY:
            return "a program was killed while it wrote, and what it left can only be undone with write access: open "
                   "the database once as a user who may write to the file and its directory";
        case SQLITE_READONLY_DIRECTORY:
        case SQLITE_READONLY_CANTINIT:
            return "SQLite keeps a journal beside the file: the directory must be writable, not the file alone";
        case SQLITE_READONLY_DBMOVED:
            return "the file was moved or replaced while it was open; start again";
        default:
            break;
    }
    switch (extended_code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "find the program that keeps the database locked (`fuser` names it), or raise the busy timeout";
        case SQLITE_NOTADB:
            return "check the file's name; an encrypted database needs a connection that was given its key";
        case SQLITE_CORRUPT:
            return "restore a backup; `PRAGMA integrity_check` lists the damage";
        case SQLITE_FULL:
            return "free space on the disk, or raise `PRAGMA max_page_count`; then start again: nothing was changed";
        case SQLITE_READONLY:
            return "give this user the right to write to the file and its directory";
        case SQLITE_INTERRUPT:
            return "start again: the next start goes on from there";
        case SQLITE_IOERR:
            return "look into the system's log: the disk or the network file system failed";
        default:
            return {};
    }
}

}  // namespace varve::sqlite
