#include "sqlite_engine_test.hpp"

#include <sqlite3.h>

#include <fstream>

namespace varve::testing {
namespace {

/// What SQLite's own system calls come to when another process creates the file between two of them: opening it for
/// writing failed, since it was not there; opening it for reading, which SQLite then tries, finds it.
class file_created_meanwhile {
public:
    file_created_meanwhile() {
        real_ = sqlite3_vfs_find(nullptr);
        system_ = *real_;
        system_.zName = name;
        system_.xOpen = &open;
        sqlite3_vfs_register(&system_, 0);
    }
    file_created_meanwhile(const file_created_meanwhile&) = delete;
    file_created_meanwhile& operator=(const file_created_meanwhile&) = delete;
    ~file_created_meanwhile() { sqlite3_vfs_unregister(&system_); }

    static constexpr const char* name = "varve_file_created_meanwhile";

private:
    static int open(sqlite3_vfs* /*self*/, const char* path, sqlite3_file* file, int flags, int* got) {
        const int found = real_->xOpen(real_, path, file, flags, got);
        const bool is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
        if (found != SQLITE_CANTOPEN || !is_database) return found;
        std::ofstream(path).flush();
        const int reading = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        return real_->xOpen(real_, path, file, reading, got);
    }

    static inline sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs system_{};
};

class sqlite_creation_race : public sqlite_engine_test {};

}  // namespace

TEST_F(sqlite_creation_race, IsNoReadOnlyDatabase) {
    const file_created_meanwhile system;
    sqlite_engine db("file:" + file() + "?vfs=" + file_created_meanwhile::name);
    EXPECT_FALSE(db.read(engine::rows::all).exists);
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    EXPECT_TRUE(db.read(engine::rows::all).exists);
}

}  // namespace varve::testing
