#include "page_copy.hpp"

#include "refusal.hpp"

#include <sqlite3.h>

#include <memory>

namespace varve::sqlite {
namespace {

struct finishing {
    void operator()(sqlite3_backup* copying) const noexcept { sqlite3_backup_finish(copying); }
};

}  // namespace

// All pages in one step: a writer in between would have it begin again.
void copy_pages(const connection& from, const connection& to) {
    std::unique_ptr<sqlite3_backup, finishing> copying(sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
    if (copying == nullptr) throw refusal(to.handle(), sqlite3_extended_errcode(to.handle()));
    busy_wait waiting(to);
    int result = sqlite3_backup_step(copying.get(), -1);
    while (result != SQLITE_DONE && waiting.again(result)) result = sqlite3_backup_step(copying.get(), -1);
    if (result == SQLITE_BUSY || result == SQLITE_LOCKED) {
        throw refusal(result, "somebody else has the database locked");
    }
    const int finished = sqlite3_backup_finish(copying.release());
    if (finished != SQLITE_OK) throw refusal(to.handle(), finished);
}

}  // namespace varve::sqlite
