#include "performing.hpp"

#include <algorithm>
#include <cctype>

namespace varve::postgresql {
namespace {

// SET, RESET and set_config; a word like `offset` costs a millisecond, no more.
bool may_change_a_setting(std::string_view sql) {
    constexpr std::string_view word = "set";
    const auto equal_letters = [](char text, char letter) { return (text | 0x20) == letter; };
    return std::search(sql.begin(), sql.end(), word.begin(), word.end(), equal_letters) != sql.end();
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
