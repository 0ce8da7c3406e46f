#include "performing.hpp"

#include "shown_work.hpp"

#include "core/text.hpp"

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

struct string_size {
    std::size_t statements = 0;
    std::size_t bytes = 0;
};

string_size size_of(const batch& what) {
    string_size size;
    for (const action& each : what.actions) {
        size.statements += each.script.statements.size();
        for (const statement& one : each.script.statements) size.bytes += one.sql.size();
        for (const stored_statement& one : each.change.statements) size.bytes += one.sql.size();
    }
    return size;
}

bool fits(const string_size& size) {
    return size.statements <= most_statements_of_a_string && size.bytes <= most_bytes_of_a_string;
}

}  // namespace

performance make_performance(connection& db, const ledger_names& names, const batch& what, progress* told) {
    performance result{db, names, what, told};
    for (const action& each : what.actions) {
        if (each.runs_code()) result.keep = settings_to_keep::all;
        for (const statement& one : each.script.statements)
            if (may_change_a_setting(one.sql)) result.keep = settings_to_keep::all;
    }
    return result;
}

bool limits_statements(const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(), [](const action& each) {
        return each.script.limits.statement.value_or(std::chrono::milliseconds(0)).count() > 0;
    });
}

time_limits first_limits(const batch& what) {
    for (const action& each : what.actions)
        if (each.runs_anything()) return each.script.limits;
    return {};
}

std::string text_to_begin_with(const batch& what) {
    const std::string shown = text_to_show_begin(what);
    return core::joined({and_lock_timeout(first_limits(what)), shown.empty() ? "" : ", ", shown});
}

bool runs_code(const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(), [](const action& each) { return each.runs_code(); });
}

// Before 13 the timeout counts the whole string, not its statements.
bool fits_in_one_string(const batch& what, int server_version) {
    return !runs_code(what) && fits(size_of(what)) && (server_version >= 130000 || !limits_statements(what));
}

std::size_t count_in_one_string(std::span<const batch> batches) {
    string_size all;
    std::size_t count = 0;
    for (const batch& each : batches) {
        const string_size one = size_of(each);
        all = {.statements = all.statements + one.statements, .bytes = all.bytes + one.bytes};
        if (!fits(all) || runs_code(each)) break;
        ++count;
    }
    return std::max<std::size_t>(count, 1);
}

}  // namespace varve::postgresql
