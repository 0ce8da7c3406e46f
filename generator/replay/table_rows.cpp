#include <replay/table_rows.hpp>

#include <replay/lower_name.hpp>
#include <replay/memory_database.hpp>
#include <replay/query.hpp>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace varve::generator {
namespace {

/// Without what virtual tables hide.
std::vector<std::string> columns_of(const memory_database& database, const std::string& table) {
    query rows(database.handle(), "PRAGMA main.table_xinfo(" + quoted_name(table) + ")");
    std::vector<std::string> columns;
    while (rows.step()) {
        if (rows.integer(6) != 1) columns.push_back(lower(rows.text(1)));
    }
    std::ranges::sort(columns);
    return columns;
}

/// FNV-1a, 64 bits.
std::uint64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

std::string counted(std::size_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); }

}  // namespace

std::optional<table_rows> rows_of(const memory_database& database, const std::string& table) {
    table_rows result{.columns = columns_of(database, table)};
    if (result.columns.empty()) return std::nullopt;
    std::string sql = "SELECT ";
    for (const std::string& each : result.columns) {
        if (&each != &result.columns.front()) sql += ", ";
        sql += quoted_name(each);
    }
    query rows(database.handle(), sql + " FROM main." + quoted_name(table));
    std::string bytes;
    while (rows.step()) {
        bytes.clear();
        for (int column = 0; column < rows.columns(); ++column) rows.append_value(column, bytes);
        ++result.count;
        result.sum += hash_of(bytes);
        result.sum_of_other += std::hash<std::string_view>()(bytes);
    }
    if (rows.failure()) return std::nullopt;
    return result;
}

std::string compare(const std::string& table, const table_rows& before, const table_rows& after) {
    if (before.columns != after.columns) return {};
    const std::string title = "table `" + table + "`";
    if (before.count != after.count) {
        return title + " has " + counted(after.count) + " where it had " + counted(before.count);
    }
    if (before.sum == after.sum && before.sum_of_other == after.sum_of_other) return {};
    return title + " has other values in its " + counted(after.count);
}

counters autoincrement_counters(const memory_database& database) {
    counters result;
    query rows(database.handle(), "SELECT name, seq FROM main.sqlite_sequence");
    while (rows.step()) result.emplace(lower(rows.text(0)), rows.integer(1));
    return result;
}

void set_autoincrement_counters(const memory_database& database, const counters& wanted) {
    if (autoincrement_counters(database) == wanted) return;
    query forgetting(database.handle(), "DELETE FROM main.sqlite_sequence WHERE rowid = ?1");
    query setting(database.handle(), "UPDATE main.sqlite_sequence SET seq = ?2 WHERE rowid = ?1");
    std::vector<std::pair<std::int64_t, std::string>> tables;
    {
        query rows(database.handle(), "SELECT rowid, name FROM main.sqlite_sequence");
        while (rows.step()) tables.emplace_back(rows.integer(0), lower(rows.text(1)));
    }
    for (const auto& [row, table] : tables) {
        const auto was = wanted.find(table);
        query& changing = was == wanted.end() ? forgetting : setting;
        changing.bind(1, row);
        if (was != wanted.end()) changing.bind(2, was->second);
        changing.run();
        changing.reset();
    }
}

}  // namespace varve::generator
