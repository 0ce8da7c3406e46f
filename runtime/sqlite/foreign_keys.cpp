#include "foreign_keys.hpp"

#include "prepared_statement.hpp"
#include "refusal.hpp"

#include "core/text.hpp"

#include <sqlite3.h>

#include <set>

namespace varve::sqlite {
namespace {

constexpr int only_ask = -1;

/// Sets enforcement, or only asks; returns what it is then.
int enforcement(const connection& on, int wanted) {
    int now = 0;
    const int result = sqlite3_db_config(on.handle(), SQLITE_DBCONFIG_ENABLE_FKEY, wanted, &now);
    if (result != SQLITE_OK) throw refusal(on.handle(), result);
    return now;
}

std::string quoted_name(std::string_view name) {
    std::string result = "\"";
    for (const char c : name) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::vector<std::string> tables_of(const connection& on) {
    prepared_statement row(on, "SELECT name FROM main.sqlite_master WHERE type = 'table'");
    std::vector<std::string> names;
    while (row.step()) names.emplace_back(row.text(0));
    return names;
}

/// The values with which a row refers to its parent.
std::string key_of(const connection& on, const std::string& table, std::int64_t rowid, std::int64_t foreign_key) {
    prepared_statement column(on,
                              "SELECT \"from\" FROM pragma_foreign_key_list(?1, 'main') WHERE id = ?2 ORDER BY seq");
    column.bind(1, std::string_view(table));
    column.bind(2, foreign_key);
    std::string values;
    while (column.step()) {
        if (!values.empty()) values += " || ', ' || ";
        core::append(values, {"quote(", quoted_name(column.text(0)), ")"});
    }
    if (values.empty()) return {};
    const std::string sql = core::joined({"SELECT ", values, " FROM main.", quoted_name(table), " WHERE rowid = ?1"});
    prepared_statement row(on, sql);
    row.bind(1, rowid);
    return row.step() ? std::string(row.text(0)) : std::string();
}

void add_violations(const connection& on, const std::string& table, std::vector<foreign_key_violation>& all) {
    prepared_statement row(on, "SELECT rowid, parent, fkid FROM pragma_foreign_key_check(?1, 'main')");
    row.bind(1, std::string_view(table));
    while (row.step()) {
        foreign_key_violation found{.table = table, .parent = std::string(row.text(1))};
        if (!row.is_null(0)) {
            found.row = row.integer(0);
            found.key = key_of(on, table, *found.row, row.integer(2));
        }
        all.push_back(std::move(found));
    }
}

std::string identity(const foreign_key_violation& of) {
    constexpr std::string_view end("\0", 1);  // is in none of them
    return core::joined({of.table, end, of.parent, end, of.key, end, of.trouble});
}

}  // namespace

foreign_keys_guard::foreign_keys_guard(const connection& on, foreign_keys_setting wanted) : connection_(on) {
    if (wanted == foreign_keys_setting::unchanged) return;
    const int value = wanted == foreign_keys_setting::on ? 1 : 0;
    const int before = enforcement(on, only_ask);
    if (before == value) return;
    enforcement(on, value);
    before_ = before;
}

foreign_keys_guard::~foreign_keys_guard() {
    if (before_ < 0) return;
    sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_ENABLE_FKEY, before_, nullptr);
}

std::string foreign_key_violation::description() const {
    if (!trouble.empty()) {
        return core::joined({"the foreign keys of table ", table, " cannot be checked: ", trouble});
    }
    std::string text = row ? core::joined({"row ", *row}) : std::string("a row");
    core::append(text, {" of table ", table, " refers to a row of ", parent, " that does not exist"});
    if (!key.empty()) core::append(text, {" (", key, ")"});
    return text;
}

std::vector<foreign_key_violation> foreign_key_violations(const connection& on) {
    std::vector<foreign_key_violation> all;
    for (const auto& table : tables_of(on)) {
        try {
            add_violations(on, table, all);
        } catch (const refusal& why) {
            if (why.primary_code() != SQLITE_ERROR) throw;  // SQLITE_ERROR: "foreign key mismatch", a broken definition
            all.push_back({.table = table, .trouble = why.message()});
        }
    }
    return all;
}

std::vector<foreign_key_violation> new_violations(const std::vector<foreign_key_violation>& before,
                                                  const std::vector<foreign_key_violation>& after) {
    std::multiset<std::string> known;
    for (const auto& each : before) known.insert(identity(each));
    std::vector<foreign_key_violation> fresh;
    for (const auto& each : after) {
        const auto found = known.find(identity(each));
        if (found == known.end()) {
            fresh.push_back(foreign_key_violation(each));
        } else {
            known.erase(found);
        }
    }
    return fresh;
}

}  // namespace varve::sqlite
