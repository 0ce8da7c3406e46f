#include "sqlite_handle.hpp"

#include <stdexcept>

namespace varve::testing {
namespace {

int keep_first_column(void* rows, int /*columns*/, char** values, char** /*names*/) {
    static_cast<std::vector<std::string>*>(rows)->emplace_back(values[0] == nullptr ? "NULL" : values[0]);
    return 0;
}

}  // namespace

sqlite_handle::sqlite_handle(const std::string& file) {
    sqlite3* opened = nullptr;
    const int result =
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    handle_.reset(opened);
    if (result != SQLITE_OK) throw std::runtime_error("cannot open " + file + ": " + sqlite3_errmsg(opened));
}

void sqlite_handle::execute(const std::string& sql) const { (void)column(sql); }

std::vector<std::string> sqlite_handle::column(const std::string& sql) const {
    std::vector<std::string> rows;
    const int result = sqlite3_exec(get(), sql.c_str(), keep_first_column, &rows, nullptr);
    if (result != SQLITE_OK) throw std::runtime_error(sql + ": " + sqlite3_errmsg(get()));
    return rows;
}

std::string sqlite_handle::value(const std::string& sql) const {
    const auto rows = column(sql);
    if (rows.size() != 1) throw std::runtime_error(sql + ": " + std::to_string(rows.size()) + " rows");
    return rows.front();
}

bool sqlite_handle::has_table(std::string_view name) const {
    return !column("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + std::string(name) + "'").empty();
}

}  // namespace varve::testing
