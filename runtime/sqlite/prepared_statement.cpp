#include "prepared_statement.hpp"

#include "refusal.hpp"

#include <sqlite3.h>

#include <array>
#include <charconv>

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

void prepared_statement::bind(int parameter, double value) { check(sqlite3_bind_double(statement_, parameter, value)); }

void prepared_statement::bind_null(int parameter) { check(sqlite3_bind_null(statement_, parameter)); }

void prepared_statement::bind_bytes(int parameter, std::string_view value) {
    const char* bytes = value.empty() ? "" : value.data();  // a null pointer would be NULL
    check(sqlite3_bind_blob64(statement_, parameter, bytes, value.size(), SQLITE_STATIC));
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

int prepared_statement::parameter_count() const noexcept { return sqlite3_bind_parameter_count(statement_); }

int prepared_statement::parameter(const std::string& name) const noexcept {
    return sqlite3_bind_parameter_index(statement_, name.c_str());
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

int prepared_statement::column_count() const noexcept { return sqlite3_column_count(statement_); }

std::string prepared_statement::column_name(int column) const {
    const char* name = sqlite3_column_name(statement_, column);
    return name == nullptr ? "" : name;
}

std::optional<std::string> prepared_statement::value(int column) const {
    const int type = sqlite3_column_type(statement_, column);
    if (type == SQLITE_NULL) return std::nullopt;
    if (type == SQLITE_FLOAT) {
        std::array<char, 32> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), sqlite3_column_double(statement_, column));
        return std::string(digits.data(), end.ptr);
    }
    if (type != SQLITE_BLOB) return std::string(text(column));
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size);
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
