#include "session.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace varve {

using sqlite::connection;

sqlite_engine::session::session(std::string file, sqlite_options options)
    : name_(std::move(file)), waiting_(options.busy_timeout, std::move(options.on_connect)) {}

sqlite_engine::session::session(sqlite3* borrowed, const sqlite_options& options)
    : borrowed_(borrowed), waiting_(options.busy_timeout) {}

std::string sqlite_engine::session::location() const {
    if (name_) return name_->without_secrets();
    const char* file = borrowed_ == nullptr ? nullptr : sqlite3_db_filename(borrowed_, "main");
    return file == nullptr || *file == '\0' ? ":memory:" : file;
}

const connection* sqlite_engine::session::for_reading() {
    if (!connection_) {
        connection_ = name_ ? connection::open(*name_, waiting_) : connection::borrow(borrowed_, waiting_);
    }
    if (!connection_) return nullptr;
    connection_->require_no_transaction();
    return &*connection_;
}

const connection* sqlite_engine::session::for_writing(missing what_then) {
    if (for_reading() == nullptr) {
        if (what_then == missing::leave) return nullptr;
        connection_ = connection::open_or_create(*name_, waiting_);
    }
    connection_->require_no_unfinished_statement();
    if (!connection_->read_only()) return &*connection_;
    core::raise(error_code::read_only, {"the database '", location(), "' is read-only"},
                "give this user the right to write to the file and its directory");
}

void sqlite_engine::session::begin_script(const connection& on, const runnable& script) {
    const auto is_a_pragma = [](const statement& each) { return sqlite::is_pragma(each.sql); };
    if (script_settings_ || std::none_of(script.statements.begin(), script.statements.end(), is_a_pragma)) return;
    script_settings_.emplace(on);
}

}  // namespace varve
