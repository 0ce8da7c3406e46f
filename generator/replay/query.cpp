#include <string>

#include <sqlite3.h>

#include <limits>
#include <string>

namespace varve::generator {

void query::finalizing::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

query::query(sqlite3* database, std::string_view sql) : database_(database) {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        failure_ = {.code = SQLITE_TOOBIG, .message = "the statement is longer than SQLite can take"};
        return;
    }
    sqlite3_stmt* prepared = nullptr;
    const int result = sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
    statement_.reset(prepared);
    if (result != SQLITE_OK) failure_ = refusal_of(database, result);
}

bool query::step() {
    if (!statement_ || failure_) return false;
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) failure_ = refusal_of(database_, result);
    return false;
}

void query::run() {
    while (step()) {
    }
}

void query::reset() { sqlite3_reset(statement_.get()); }

void query::bind(int parameter, std::int64_t value) { sqlite3_bind_int64(statement_.get(), parameter, value); }

std::int64_t query::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view query::text(int column) const {
    const bool blob = sqlite3_column_type(statement_.get(), column) == SQLITE_BLOB;
    const void* const bytes = blob ? sqlite3_column_blob(statement_.get(), column)
                                   : static_cast<const void*>(sqlite3_column_text(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void query::append_value(int column, std::string& to) const {
    const int type = sqlite3_column_type(statement_.get(), column);
    to += static_cast<char>('0' + type);
    const std::string_view bytes = text(column);
    to += std::to_string(bytes.size());
    to += ':';
    to += bytes;
}

int query::columns() const { return sqlite3_column_count(statement_.get()); }

std::string quoted_name(std::string_view name) {
    std::string result = "\"";
    for (const char c : name) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::int64_t pragma_value(sqlite3* database, std::string_view name) {
    query value(database, "PRAGMA main." + std::string(name));
    return value.step() ? value.integer(0) : 0;
}

}  // namespace varve::generator
