#include "connection.hpp"

#include "refusal.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <system_error>

namespace varve::sqlite {
namespace {

bool is(int system_error, std::errc what) { return std::error_code(system_error, std::system_category()) == what; }

/// Why a database could not be opened or created.
error cannot_open(const database_name& name, const refusal& why) {
    error_details details{.code = error_code_of(why.code())};
    details.sqlstate = result_name(why.code());
    details.message = core::joined({"cannot open the database '", name.without_secrets(), "': "});
    if (is(why.system_error(), std::errc::is_a_directory)) {
        details.message += "it is a directory";
        details.hint = "give the name of a file in it";
    } else if (is(why.system_error(), std::errc::permission_denied)) {
        details.code = error_code::permission_denied;
        details.message += "permission denied";
        details.hint = "give this user the right to read and write the file and its directory";
    } else if (is(why.system_error(), std::errc::not_a_directory)) {
        details.code = error_code::database_missing;
        details.message += "a part of its path is a file, not a directory";
    } else if (why.primary_code() == SQLITE_ERROR || why.primary_code() == SQLITE_PERM) {
        details.code = error_code::invalid_argument;
        details.message += why.message();
    } else {
        details.message += why.message();
        if (why.system_error() != 0) {
            core::append(details.message, {": ", std::system_category().message(why.system_error())});
        }
        details.hint = hint_for(why.code());
    }
    return error(std::move(details));
}

/// Why a file that is not there could not be created: SQLite says no more than that it is not there.
error cannot_create(const database_name& name, const refusal& why) {
    error_details details{.code = error_code::database_missing};
    details.sqlstate = result_name(why.code());
    if (name.parameter("mode") == "rw" || name.parameter("mode") == "ro") {
        details.message = core::joined(
            {"the database '", name.without_secrets(), "' does not exist, and its name forbids to create it"});
        details.hint = core::joined({"create it, or leave out mode=", name.parameter("mode")});
        return error(std::move(details));
    }
    std::filesystem::path directory = std::filesystem::path(name.path()).parent_path();
    if (directory.empty()) directory = ".";
    std::error_code ignored;
    details.message = core::joined({"cannot create the database '", name.without_secrets(), "': "});
    if (std::filesystem::exists(directory, ignored)) {
        details.code = error_code::permission_denied;
        details.message += "its directory does not allow it";
        details.hint = core::joined({"give this user the right to write to ", directory.string()});
    } else {
        core::append(details.message, {"the directory ", directory.string(), " does not exist"});
        details.hint = "create the directory, or correct the name; varve creates the file only";
    }
    return error(std::move(details));
}

constexpr std::chrono::milliseconds longest_pause{50};

/// SQLite's own handler would sleep on when it is to stop. `calls` counts those of one wait.
int wait_for_lock(void* subject, int calls) noexcept {
    auto& how = *static_cast<waiting*>(subject);
    const auto now = std::chrono::steady_clock::now();
    if (calls == 0) how.deadline = now + how.busy_timeout;
    if (now >= how.deadline) return 0;
    return how.stop.nap(std::min(std::chrono::milliseconds(1 + calls * 2), longest_pause)) ? 1 : 0;
}

bool is_busy(int result) { return (result & 0xff) == SQLITE_BUSY || result == SQLITE_LOCKED_SHAREDCACHE; }

// An exception of any type is an error of varve, as everywhere.
void prepare(sqlite3* opened, const waiting& how) {
    if (!how.on_connect) return;
    constexpr std::string_view threw = "the program's on_connect threw an exception: ";
    try {
        how.on_connect(opened);
    } catch (const error&) {
        throw;
    } catch (const std::exception& thrown) {
        core::raise(error_code::code_failed, {threw, thrown.what()}, {});
    } catch (...) {
        core::raise(error_code::code_failed, {threw, "one that is no std::exception"}, {});
    }
}

}  // namespace

void connection::closing::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

connection::connection(owned_handle handle, waiting& how)
    : owned_(std::move(handle)), handle_(owned_.get()), waiting_(&how) {
    sqlite3_busy_handler(handle_, wait_for_lock, waiting_);
    prepare(handle_, *waiting_);
}

connection::connection(sqlite3* borrowed, waiting& how) : handle_(borrowed), waiting_(&how) {}

std::optional<connection> connection::open(const database_name& name, waiting& how) {
    name.require_one();
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
    sqlite3* opened = nullptr;
    int result = sqlite3_open_v2(name.for_opening().c_str(), &opened, flags, nullptr);
    owned_handle handle(opened);
    if (result == SQLITE_OK && sqlite3_db_readonly(opened, "main") == 1) {
        // The file may not allow writing, or it may just have been created by somebody else: SQLite tries to open it
        // for writing, finds nothing, tries for reading, and finds it.
        result = sqlite3_open_v2(name.for_opening().c_str(), &opened, flags, nullptr);
        handle.reset(opened);
    }
    if (result == SQLITE_OK) return connection(std::move(handle), how);
    const refusal why(opened, result);
    if (is(why.system_error(), std::errc::no_such_file_or_directory)) return std::nullopt;
    throw cannot_open(name, why);
}

connection connection::open_or_create(const database_name& name, waiting& how) {
    name.require_one();
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
    const int result = sqlite3_open_v2(name.for_opening().c_str(), &opened, flags, nullptr);
    owned_handle handle(opened);
    if (result == SQLITE_OK) return {std::move(handle), how};
    const refusal why(opened, result);
    if (is(why.system_error(), std::errc::no_such_file_or_directory)) throw cannot_create(name, why);
    throw cannot_open(name, why);
}

connection connection::borrow(sqlite3* borrowed, waiting& how) {
    if (borrowed != nullptr) return {borrowed, how};
    core::raise(error_code::invalid_argument, {"the borrowed SQLite connection is null"}, {});
}

bool connection::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

bool connection::read_only() const noexcept { return sqlite3_db_readonly(handle_, "main") == 1; }

void connection::require_no_transaction() const {
    if (!in_transaction()) return;
    core::raise(error_code::transaction_open, {"the SQLite connection is inside a transaction of the application"},
                "commit it or roll it back before calling varve, or let varve open a connection of its own");
}

void connection::require_no_unfinished_statement() const {
    for (sqlite3_stmt* each = sqlite3_next_stmt(handle_, nullptr); each != nullptr;
         each = sqlite3_next_stmt(handle_, each)) {
        if (sqlite3_stmt_busy(each) == 0) continue;
        error_details details{.code = error_code::transaction_open};
        details.message = "the SQLite connection has an unfinished statement of the application";
        details.hint = "read it to its end, or call sqlite3_reset, before calling varve";
        if (const char* sql = sqlite3_sql(each)) details.statement = sql;
        throw error(std::move(details));
    }
}

bool busy_wait::again(int result) {
    if (!is_busy(result) || std::chrono::steady_clock::now() >= deadline_) return false;
    if (!stop_.nap(pause_)) return false;
    pause_ = std::min(pause_ * 2, longest_pause);
    return true;
}

}  // namespace varve::sqlite
