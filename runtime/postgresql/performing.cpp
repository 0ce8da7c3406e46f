#include "performing.hpp"

#include <algorithm>

namespace varve::postgresql {
namespace {

bool contains(std::string_view sql, std::string_view lower_case) {
    const auto equal_letters = [](char text, char letter) { return text == letter || (text | 0x20) == letter; };
    return std::search(sql.begin(), sql.end(), lower_case.begin(), lower_case.end(), equal_letters) != sql.end();
}

bool begins_with(std::string_view sql, std::string_view lower_case) {
    return contains(sql.substr(0, lower_case.size()), lower_case);
}

// SET, RESET and set_config, also inside a block or a query that calls a function. `UPDATE .. SET` is no such thing,
// and is frequent; comparing all settings takes two milliseconds.
bool may_change_a_setting(std::string_view sql) {
    if (contains(sql, "set_config")) return true;
    for (const std::string_view other : {"update", "insert", "delete", "create", "alter", "drop", "comment", "grant"})
        if (begins_with(sql, other)) return false;
    return contains(sql, "set");
}

}  // namespace

performance make_performance(connection& db, const ledger_names& names, const batch& what, progress& told) {
    performance result{db, names, what, told};
    for (const action& each : what.actions)
        for (const statement& one : each.script.statements)
            if (may_change_a_setting(one.sql)) result.keep = settings_to_keep::all;
    return result;
}

bool fits_in_one_string(const batch& what) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    for (const action& each : what.actions) {
        count += each.script.statements.size();
        for (const statement& one : each.script.statements) bytes += one.sql.size();
        for (const stored_statement& one : each.change.statements) bytes += one.sql.size();
    }
    return count <= most_statements_of_a_string && bytes <= most_bytes_of_a_string;
}

}  // namespace varve::postgresql
