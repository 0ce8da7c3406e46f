#include "catalog_reading.hpp"

#include "definition_text.hpp"
#include "prepared_statement.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace varve::sqlite {
namespace {

// A table with more rows is compared by their number and a sum of digests.
constexpr std::size_t most_rows_told_apart = 1000;

constexpr std::string_view text_to_list_objects =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND tbl_name NOT IN ('varve_ledger', 'varve_statement') AND sql IS NOT NULL "
    "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string in_quotes(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) result.append(c == quote ? 2 : 1, c);
    return result + quote;
}

// `b || ', ' || a`, by name: where a column stands says nothing.
std::string expression_of_a_row(const connection& db, std::string_view table) {
    std::string result;
    prepared_statement columns(db, "SELECT name FROM pragma_table_xinfo(" + in_quotes(table, '\'') +
                                       ") WHERE hidden = 0 ORDER BY lower(name)");
    while (columns.step()) {
        result += result.empty() ? "" : " || ', ' || ";
        result +=
            in_quotes(std::string(columns.text(0)) + "=", '\'') + " || quote(" + in_quotes(columns.text(0), '"') + ")";
    }
    return result.empty() ? "''" : result;
}

std::uint64_t digest_of(std::string_view text) {
    std::uint64_t value = 14695981039346656037ULL;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return value;
}

void add_rows(catalog& to, const connection& db, const std::string& table) {
    const std::string parent = "table " + lower(table);
    std::map<std::string, std::size_t> rows;
    std::uint64_t sum = 0;
    std::size_t count = 0;
    prepared_statement reading(db, "SELECT " + expression_of_a_row(db, table) + " FROM " + in_quotes(table, '"'));
    for (; reading.step(); ++count) {
        sum += digest_of(reading.text(0));
        if (count < most_rows_told_apart) ++rows[std::string(reading.text(0))];
    }
    if (count > most_rows_told_apart) {
        const std::string value = std::to_string(count) + " with the sum " + std::to_string(sum);
        to.objects.push_back({"rows", "of " + lower(table), parent, {{"number", value}}});
        return;
    }
    for (const auto& [text, times] : rows)
        to.objects.push_back(
            {"row", "of " + lower(table) + " (" + text + ")", parent, {{"number", std::to_string(times)}}});
}

void add_table(catalog& to, const std::string& name, std::string_view sql) {
    const std::string parent = "table " + name;
    const table_definition parts = table_definition_in(sql);
    if (!parts.has_items) {
        to.objects.push_back({"table", name, {}, {{"definition", canonical(sql)}}});
        return;
    }
    to.objects.push_back({"table", name, {}, {{"options", parts.options}}});
    for (const auto& item : parts.items) {
        const std::size_t end_of_name = std::min(item.find(' '), item.size());
        if (is_table_constraint(item)) {
            to.objects.push_back({"constraint", "of " + name + ": " + item, parent, {}});
        } else {
            to.objects.push_back({"column",
                                  name + "." + item.substr(0, end_of_name),
                                  parent,
                                  {{"definition", item.substr(end_of_name)}}});
        }
    }
}

void add_number(catalog& to, const connection& db, const std::string& pragma) {
    prepared_statement reading(db, "PRAGMA " + pragma);
    if (reading.step()) to.objects.push_back({"pragma", pragma, {}, {{"value", std::string(reading.text(0))}}});
}

}  // namespace

catalog read_schema(const connection& db) {
    catalog result;
    prepared_statement reading(db, text_to_list_objects);
    while (reading.step()) {
        const std::string kind(reading.text(0));
        const std::string name(reading.text(1));
        if (kind == "table") {
            add_table(result, lower(name), reading.text(3));
        } else {
            const std::string parent = kind == "view" ? std::string() : "table " + lower(std::string(reading.text(2)));
            result.objects.push_back({kind, lower(name), parent, {{"definition", canonical(reading.text(3))}}});
        }
    }
    add_number(result, db, "user_version");
    add_number(result, db, "application_id");
    return result;
}

catalog read_catalog(const connection& db) {
    catalog result = read_schema(db);
    std::vector<std::string> tables;
    prepared_statement reading(db, text_to_list_objects);
    while (reading.step())
        if (reading.text(0) == "table") tables.emplace_back(reading.text(1));
    for (const auto& each : tables) add_rows(result, db, each);
    return result;
}

}  // namespace varve::sqlite
