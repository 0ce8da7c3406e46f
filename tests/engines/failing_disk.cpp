#include "failing_disk.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <utility>

namespace varve::testing {
namespace {

enum class extent { one, all_later };

/// SQLite's file systems are C structures without a place for an object, so this is the one of the program.
struct disk_state {
    sqlite3_vfs system{};
    sqlite3_vfs* real = nullptr;
    int operations = 0;
    int failing = 0;
    extent how = extent::one;
    std::function<void()> before_failing;
};
disk_state disk;

bool fails() {
    ++disk.operations;
    if (disk.failing == 0 || disk.operations < disk.failing) return false;
    if (disk.operations > disk.failing) return disk.how == extent::all_later;
    if (disk.before_failing) disk.before_failing();
    return true;
}

struct file {
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* of) {
    return reinterpret_cast<file*>(of)->real;  // the layout that SQLite prescribes
}

int close(sqlite3_file* f) {
    const int result = real(f)->pMethods == nullptr ? SQLITE_OK : real(f)->pMethods->xClose(real(f));
    std::free(real(f));
    return result;
}
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 from) {
    return fails() ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), to, size, from);
}
int write(sqlite3_file* f, const void* what, int size, sqlite3_int64 to) {
    return fails() ? SQLITE_FULL : real(f)->pMethods->xWrite(real(f), what, size, to);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    return fails() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) { return fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags); }
int size_of(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int is_locked(sqlite3_file* f, int* result) { return real(f)->pMethods->xCheckReservedLock(real(f), result); }
int control(sqlite3_file* f, int what, void* with) { return real(f)->pMethods->xFileControl(real(f), what, with); }
int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int characteristics(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }

// Version 1: no shared memory and no memory maps, so that every access passes here.
const sqlite3_io_methods methods = {
    1,           close,           read,    write,   truncate, sync,    size_of, lock,   unlock, is_locked, control,
    sector_size, characteristics, nullptr, nullptr, nullptr,  nullptr, nullptr, nullptr};

int open(sqlite3_vfs* /*self*/, const char* name, sqlite3_file* f, int flags, int* got) {
    auto* opened = reinterpret_cast<file*>(f);
    opened->real = static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(disk.real->szOsFile)));
    const int result = disk.real->xOpen(disk.real, name, opened->real, flags, got);
    if (result == SQLITE_OK) {
        opened->base.pMethods = &methods;
    } else {
        opened->base.pMethods = nullptr;
        std::free(opened->real);
    }
    return result;
}
int remove(sqlite3_vfs* /*self*/, const char* name, int flush) {
    static_cast<void>(flush);
    return fails() ? SQLITE_IOERR_DELETE : disk.real->xDelete(disk.real, name, 0);
}

}  // namespace

failing_disk::failing_disk() {
    disk.real = sqlite3_vfs_find(nullptr);
    disk.system = *disk.real;
    disk.system.zName = "varve_failing_disk";
    disk.system.pNext = nullptr;
    disk.system.szOsFile = static_cast<int>(sizeof(file));
    disk.system.xOpen = open;
    disk.system.xDelete = remove;
    sqlite3_vfs_register(&disk.system, 0);
    repair();
}

failing_disk::~failing_disk() { sqlite3_vfs_unregister(&disk.system); }

void failing_disk::at(int operation, std::function<void()> what) {
    repair();
    disk.failing = operation;
    disk.before_failing = std::move(what);
}

void failing_disk::from(int operation) {
    at(operation, {});
    disk.how = extent::all_later;
}

void failing_disk::repair() {
    disk.operations = 0;
    disk.failing = 0;
    disk.how = extent::one;
    disk.before_failing = {};
}

int failing_disk::operations() { return disk.operations; }

}  // namespace varve::testing
