#include "shown_work.hpp"

#include "filled_text.hpp"

#include <algorithm>

namespace varve::postgresql {
namespace {

constexpr std::string_view comment_begin = "/* varve ";
constexpr std::string_view comment_end = " */";
constexpr std::string_view name_mark = " #";
constexpr std::string_view digits_and_point = "0123456789.";

// The server keeps so much of an application's name, and what is added must not be what is cut off.
constexpr std::size_t longest_application_name = 63;
constexpr std::size_t room_for_a_statement = 6;

const ledger_entry* row_of(const action& which) {
    return which.change.inserts.empty() ? nullptr : &which.change.inserts.front();
}

std::int64_t version_of(const action& which) {
    const ledger_entry* row = row_of(which);
    return row == nullptr ? 0 : row->version.value_or(0);
}

bool runs_something(const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(),
                       [](const action& each) { return !each.script.statements.empty() && row_of(each) != nullptr; });
}

// A name may contain anything, and comments nest.
std::string label_of(const action& which) {
    const ledger_entry* row = row_of(which);
    if (row == nullptr) return {};
    std::string label = core::joined({row->history, " ", version_of(which), " ", row->name});
    std::replace(label.begin(), label.end(), '/', '|');
    return label;
}

std::string ending(std::int64_t version, std::size_t statement) {
    return core::joined({version, ".", static_cast<std::int64_t>(statement + 1)});
}

std::string text_to_name(std::string_view before, const std::string& end) {
    return filled("pg_catalog.set_config('application_name', {} || '{}', true)", {before, end});
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of(digits_and_point.substr(0, 10)) == text.npos;
}

}  // namespace

std::string comment_on(std::span<const batch> batches) {
    if (std::none_of(batches.begin(), batches.end(), runs_something)) return {};
    const auto& first = batches.front().actions;
    const auto& last = batches.back().actions;
    std::string label = label_of(first.front());
    const bool is_one = batches.size() == 1 && first.size() == 1;
    if (!is_one) core::append(label, {" to ", label_of(last.back())});
    const std::size_t count = is_one ? first.front().script.statements.size() : 0;
    return core::joined({comment_begin, count, " ", label, comment_end, "\n"});
}

std::string text_to_show_begin(const batch& what) {
    if (!runs_something(what)) return {};
    std::size_t longest = 0;
    for (const action& each : what.actions) longest = std::max(longest, core::digits(version_of(each)).size());
    const std::size_t kept = longest_application_name - name_mark.size() - longest - room_for_a_statement;
    return text_to_name(
        filled("pg_catalog.left(pg_catalog.current_setting('application_name'), {}) || '{}'", {kept, name_mark}),
        ending(version_of(what.actions.front()), 0));
}

std::string text_to_show(const batch& what, statement_position at) {
    if (row_of(what.actions[at.action]) == nullptr) return {};
    return text_to_name(
        filled("pg_catalog.rtrim(pg_catalog.current_setting('application_name'), '{}')", {digits_and_point}),
        ending(version_of(what.actions[at.action]), at.statement));
}

shown_name read_shown_name(std::string_view application_name) {
    const shown_name nothing{.application = application_name};
    const std::size_t mark = application_name.rfind(name_mark);
    if (mark == application_name.npos) return nothing;
    const std::string_view end = application_name.substr(mark + name_mark.size());
    const std::size_t point = end.find('.');
    if (point == end.npos) return nothing;
    const shown_name shown{.application = application_name.substr(0, mark),
                           .version = end.substr(0, point),
                           .statement = end.substr(point + 1)};
    return is_number(shown.version) && is_number(shown.statement) ? shown : nothing;
}

std::string shown_work(std::string_view query, const shown_name& name) {
    const std::string of_name =
        name.version.empty() ? "" : core::joined({name.version, ", statement ", name.statement});
    const std::size_t end = query.find(comment_end);
    if (!query.starts_with(comment_begin) || end == query.npos)
        return of_name.empty() ? "" : core::joined({"migration ", of_name});
    query = query.substr(comment_begin.size(), end - comment_begin.size());
    const std::size_t space = std::min(query.find(' '), query.size() - 1);
    const std::string_view count = query.substr(0, space);
    const std::string_view label = query.substr(space + 1);
    if (count == "0") return core::joined({"migrations ", label, of_name.empty() ? "" : ", now ", of_name});
    if (of_name.empty()) return core::joined({"migration ", label});
    return core::joined({"migration ", label, ", statement ", name.statement, " of ", count});
}

}  // namespace varve::postgresql
