#include "transaction_text.hpp"

#include "script_block.hpp"

#include <array>
#include <random>
#include <span>
#include <utility>

namespace varve::postgresql {
namespace {

// Setting the session's user sets the role too, so that the role comes after it.
constexpr std::array all_kept{"session_authorization", "role", "search_path"};

std::span<const char* const> kept(settings_to_keep which) {
    const std::span<const char* const> names = all_kept;
    return which == settings_to_keep::all ? names : names.subspan(1);
}

std::string set_for_transaction(const std::string& name, const std::string& value) {
    return "pg_catalog.set_config('" + name + "', " + value + ", true)";
}

// A block counts as one statement for the timeout. Without the last one the transaction of a dead client holds the lock
// until its statement ends; systems other than Linux refuse it. `is_local`: for this transaction, not the session.
std::string set_what_is_relied_on(const std::string& is_local, int server_version) {
    const auto set = [&is_local](const std::string& name, const std::string& value) {
        return "pg_catalog.set_config('" + name + "', '" + value + "', " + is_local + ")";
    };
    std::string sql = set("statement_timeout", "0") + ", " + set("standard_conforming_strings", "on");
    if (server_version < 140000) return sql;
    return sql + ", CASE WHEN pg_catalog.version() ~ 'linux' THEN " + set("client_connection_check_interval", "500ms") +
           " END";
}

std::string noted(std::string_view name) {
    return "pg_catalog.current_setting('varve." + std::string(name) + "', true)";
}

constexpr std::string_view no_transaction = "pg_catalog.transaction_timestamp() = pg_catalog.statement_timestamp()";

// Settings of the transaction itself cannot be put back, and need not.
constexpr std::string_view settings_of_a_session =
    "pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE 'transaction%'";

std::string newest_id(const ledger_names& names) {
    return "COALESCE((SELECT id FROM " + names.ledger +
           " ORDER BY id DESC LIMIT 1), 0)";  // planned faster than max(id)
}

// True as long as the transaction is the one that `text_to_prepare` was run in.
std::string token_condition(const std::string& token) { return noted("token") + " = '" + token + "'"; }

std::string absent(const std::string& function, const std::string& literal) {
    return "pg_catalog." + function + "(" + literal + ") IS NULL";
}

}  // namespace

std::string random_token() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device source;
    std::string token;
    for (int each = 0; each < 4; ++each)
        for (auto [bits, digit] = std::pair(source(), 0); digit < 8; bits >>= 4U, ++digit) token += digits[bits & 15U];
    return token;
}

std::string one_or_refusal(const std::string& condition, std::string_view refusal) {
    // The process makes it a value of the moment: a constant would be cast, and refused, while the query is planned.
    return "CASE WHEN " + condition + " THEN 1 ELSE ('" + std::string(refusal) +
           ", '||pg_catalog.pg_backend_pid())::int4 END";
}

std::string text_to_prepare(const std::string& token, settings_to_keep keep, int server_version) {
    std::string sql = "SELECT " + set_for_transaction("varve.token", "'" + token + "'");
    for (const std::string name : kept(keep))
        sql += ", " + set_for_transaction("varve." + name, "pg_catalog.current_setting('" + name + "')");
    if (keep == settings_to_keep::all)
        sql += ", " +
               set_for_transaction("varve.settings",
                                   "(SELECT pg_catalog.json_object_agg(name, setting)::text FROM " +
                                       std::string(settings_of_a_session) + ")") +
               ";\nSELECT 1";  // what is noted must be read before the next ones are set
    return sql + ", " + set_what_is_relied_on("true", server_version) + ";\n";
}

std::string text_to_prepare_session(int server_version) {
    return "SELECT pg_catalog.current_setting('role'), pg_catalog.current_setting('search_path'), " +
           set_what_is_relied_on("false", server_version);
}

std::string text_to_prepare_in(const prepared_session&, const std::string& token) {
    return "SELECT " + set_for_transaction("varve.token", "'" + token + "'") + ";\n";
}

std::string text_of_guard(std::optional<std::int64_t> revision, const ledger_names& names) {
    const std::string lock = "pg_catalog.pg_try_advisory_xact_lock(" + names.lock_key + ")";
    std::string sql = "SELECT " + one_or_refusal(std::string(no_transaction), says_open) + ", " +
                      one_or_refusal(lock, says_locked) + ";\n";
    if (revision) {
        const std::string here = newest_id(names) + " = " + std::to_string(*revision);
        return sql + "SELECT " + one_or_refusal(here, says_moved) + ";\n";
    }
    sql += "SELECT " + one_or_refusal(absent("to_regclass", names.ledger_literal), says_moved) + ";\n";
    return sql + "DO " +
           dollar_quoted("BEGIN IF " + absent("to_regnamespace", names.schema_literal) + " THEN CREATE SCHEMA " +
                         names.schema + "; END IF; END") +
           ";\n";
}

std::string text_of_guard_under_lock() {
    return "SELECT " + one_or_refusal(std::string(no_transaction), says_open) + ";\n";
}

std::string text_to_try_transaction_lock(const ledger_names& names) {
    return "SELECT pg_catalog.pg_try_advisory_xact_lock(" + names.lock_key + ")";
}

std::string text_to_ask_what_exists(const ledger_names& names) {
    return "SELECT " + absent("to_regclass", names.ledger_literal) + ", " +
           absent("to_regnamespace", names.schema_literal);
}

std::string text_to_ask_newest_id(const ledger_names& names) { return "SELECT " + newest_id(names); }

std::string text_to_put_back(const std::string& token, settings_to_keep keep) {
    const std::string ours = " WHERE " + token_condition(token);
    std::string sql;
    for (const std::string name : kept(keep))
        sql.append(sql.empty() ? "SELECT " : ", ")
            .append("CASE WHEN pg_catalog.current_setting('" + name + "') <> " + noted(name))
            .append(" THEN pg_catalog.set_config('" + name + "', " + noted(name) + ", false) END");
    sql += ours + ";\n";
    if (keep == settings_to_keep::all)
        sql += "SELECT pg_catalog.count(pg_catalog.set_config(name, value, false)) FROM pg_catalog.json_each_text(" +
               noted("settings") + "::json) AS noted(key, value), " + std::string(settings_of_a_session) +
               " AND name = key AND setting IS DISTINCT FROM value AND " + token_condition(token) + ";\n";
    return sql;
}

std::string text_to_put_back_in(const prepared_session& own) {
    const auto put_back = [](const std::string& name, const std::string& literal) {
        return "CASE WHEN pg_catalog.current_setting('" + name + "') <> " + literal + " THEN pg_catalog.set_config('" +
               name + "', " + literal + ", false) END";
    };
    return "SELECT " + put_back("role", own.role) + ", " + put_back("search_path", own.search_path) + ";\n";
}

std::string text_of_proof(const std::string& token) {
    return "SELECT " + one_or_refusal(token_condition(token), says_lost);
}

bool is_proof(const pqxx::result& rows) {
    return static_cast<std::size_t>(rows.size()) == 1 && static_cast<std::size_t>(rows.columns()) == 1 &&
           std::string_view(rows[0][0].c_str()) == "1";
}

}  // namespace varve::postgresql
