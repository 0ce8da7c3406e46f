#include "online_backup.hpp"

#include "page_copy.hpp"
#include "prepared_statement.hpp"
#include "refusal.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace varve::sqlite {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(core::pieces message, std::string_view hint) {
    core::raise(error_code::backup_failed, message, hint);
}

// Made by us and empty, or not at all: C11's `x` is the way that every system has.
void create_new(const std::string& file) {
    std::FILE* const made = std::fopen(file.c_str(), "wbx");
    if (made != nullptr) {
        std::fclose(made);
        return;
    }
    const int why = errno;
    if (why == EEXIST) fail({"there is a file '", file, "' already"}, "a backup is never written over another file");
    fail({"cannot write '", file, "': ", std::generic_category().message(why)}, "");
}

// A relative name could be read as `:memory:` or as a URI.
connection open_file(const std::string& file, const connection& like) {
    auto opened = connection::open(database_name(fs::absolute(file).string()), like.how_to_wait());
    if (!opened) fail({"there is no file '", file, "'"}, "");
    return *std::move(opened);
}

void check_is_database(const connection& on, const std::string& file) {
    prepared_statement checking(on, "PRAGMA quick_check(1)");
    if (checking.step_patiently() && checking.text(0) == "ok") return;
    fail({"the backup '", file, "' is damaged: ", checking.text(0)}, "nothing was changed; use another backup");
}

}  // namespace

std::string file_of(const connection& on) {
    const char* const name = sqlite3_db_filename(on.handle(), "main");
    return name == nullptr ? std::string() : std::string(name);
}

void save(const connection& from, const std::string& file) {
    create_new(file);
    try {
        copy_pages(from, open_file(file, from));
    } catch (const refusal& why) {
        std::error_code ignored;
        fs::remove(file, ignored);
        fail({"cannot write '", file, "': ", why.message()}, hint_for(why.code()));
    }
}

void restore(const connection& to, const std::string& file) {
    std::error_code failure;
    if (!fs::is_regular_file(file, failure)) fail({"there is no file '", file, "'"}, "nothing was changed");
    if (fs::file_size(file, failure) == 0) fail({"'", file, "' is empty: no backup"}, "nothing was changed");
    try {
        const connection from = open_file(file, to);
        check_is_database(from, file);
        copy_pages(from, to);
    } catch (const refusal& why) {
        fail({"cannot restore '", file, "': ", why.message()}, "nothing was changed");
    }
}

}  // namespace varve::sqlite
