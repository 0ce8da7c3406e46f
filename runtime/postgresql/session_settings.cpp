#include "session_settings.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

namespace varve::postgresql {
namespace {

// The last two are not in pg_settings; changing the first of them resets the other, so it is put back first.
constexpr const char* text_to_read_settings =
    "SELECT name, setting FROM pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE "
    "'transaction%' UNION ALL SELECT name, pg_catalog.current_setting(name) FROM (VALUES ('role'), "
    "('session_authorization')) AS names(name)";

std::map<std::string, std::string> read_settings(connection& db) {
    std::map<std::string, std::string> settings;
    const auto rows = db.run(text_to_read_settings);
    for (std::size_t row = 0; row < count_of(rows); ++row)
        settings.emplace(text_in(rows, row, 0), text_in(rows, row, 1));
    return settings;
}

void set(const std::string& name, const std::string& value, connection& db) {
    db.run_if_possible(filled("SELECT pg_catalog.set_config({}, {}, false)", {db.quoted(name), db.quoted(value)}));
}

}  // namespace

void session_settings::note(connection& db) {
    if (noted_.empty()) noted_ = read_settings(db);
}

void session_settings::limit(connection& db, const time_limits& wanted) {
    std::map<std::string, std::string> next{{"client_connection_check_interval", "500"}};
    if (wanted.lock) next["lock_timeout"] = core::digits(wanted.lock->count());
    next["statement_timeout"] = core::digits(wanted.statement ? wanted.statement->count() : 0);
    std::string rows;
    for (const auto& [name, value] : next) {
        const auto noted = noted_.find(name);
        if (noted == noted_.end()) continue;  // not known to this server
        const std::string& now = limited_.try_emplace(name, noted->second).first->second;
        if (now != value) append_to_list(rows, ", ", filled("('{}', {}, '{}')", {name, db.quoted(now), value}));
        limited_[name] = value;
    }
    if (rows.empty()) return;
    db.run(filled(
        "SELECT pg_catalog.count(CASE WHEN setting = now AND (name NOT LIKE 'client%' OR pg_catalog.version() ~ "
        "'linux') THEN pg_catalog.set_config(name, next, false) END) FROM pg_catalog.pg_settings, (VALUES {}) AS "
        "wanted(key, now, next) WHERE name = key",
        {rows}));
}

std::string session_settings::text_for_transaction(connection& db) const {
    if (noted_.empty()) return {};
    return filled(
        "SELECT pg_catalog.set_config('session_authorization', {}, true), pg_catalog.set_config('role', {}, true);\n",
        {db.quoted(noted_.at("session_authorization")), db.quoted(noted_.at("role"))});
}

void session_settings::put_back(connection& db) noexcept {
    if (noted_.empty() || !db.is_open()) return;
    try {
        for (const char* name : {"session_authorization", "role"}) set(name, noted_[name], db);
        for (const auto& [name, value] : read_settings(db))
            if (noted_[name] != value) set(name, noted_[name], db);
    } catch (const std::exception&) {
        // A lost connection has no settings; anything else is reported by the next statement that suffers from it.
    }
    forget();
}

}  // namespace varve::postgresql
