#include "prepared_statement.hpp"

#include "refusal.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

/// SQLite takes the length of a statement as an int.
constexpr std::size_t longest_statement = 0x7fffffff;

}  // namespace

prepared_statement::prepared_statement(const connection& on, std::string_view sql) : connection_(on) {
    if (sql.empty()) return;
    if (sql.size() > longest_statement) throw refusal(SQLITE_TOOBIG, "the statement is longer than SQLite can take");
    const char* rest = nullptr;
    int result = SQLITE_OK;
    busy_wait wait(on);
    do {
        result = sqlite3_prepare_v2(on.handle(), sql.data(), static_cast<int>(sql.size()), &statement_, &rest);
    } while (wait.again(result));
    check(result);
    rest_ = sql.substr(static_cast<std::size_t>(rest - sql.data()));
}

prepared_statement::~prepared_statement() { sqlite3_finalize(statement_); }

void prepared_statement::bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, parameter, value));
}

void prepared_statement::bind(int parameter, std::string_view value) {
    const char* text = value.empty() ? "" : value.data();  // a null pointer would be NULL
    check(sqlite3_bind_text64(statement_, parameter, text, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void prepared_statement::bind(int parameter, const std::optional<std::int64_t>& value) {
    check(value ? sqlite3_bind_int64(statement_, parameter, *value) : sqlite3_bind_null(statement_, parameter));
}

void prepared_statement::bind(int parameter, const std::optional<std::string>& value) {
    if (value) return bind(parameter, std::string_view(*value));
    check(sqlite3_bind_null(statement_, parameter));
}

void prepared_statement::bind_text_or_null(int parameter, std::string_view value) {
    if (!value.empty()) return bind(parameter, value);
    check(sqlite3_bind_null(statement_, parameter));
}

bool prepared_statement::step() { return row_from(sqlite3_step(statement_)); }

bool prepared_statement::step_patiently() {
    int result = SQLITE_OK;
    busy_wait wait(connection_);
    do {
        result = sqlite3_step(statement_);
    } while (wait.again(result));
    return row_from(result);
}

void prepared_statement::run() {
    while (step()) {
    }
    check(sqlite3_reset(statement_));
}

bool prepared_statement::is_null(int column) const noexcept {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t prepared_statement::integer(int column) const noexcept { return sqlite3_column_int64(statement_, column); }

std::string_view prepared_statement::text(int column) const noexcept {
    const void* bytes = sqlite3_column_text(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool prepared_statement::row_from(int result) const {
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    throw refusal(connection_.handle(), result);
}

void prepared_statement::check(int result) const {
    if (result != SQLITE_OK) throw refusal(connection_.handle(), result);
}

}  // namespace varve::sqlite
