#include "transaction_text.hpp"

#include "script_block.hpp"

#include <array>
#include <random>

namespace varve::postgresql {
namespace {

constexpr std::array kept_names{"session_authorization", "role", "search_path"};

std::string set_for_transaction(const std::string& name, const std::string& value) {
    return "pg_catalog.set_config('" + name + "', " + value + ", true)";
}

std::string noted(std::string_view name) {
    return "pg_catalog.current_setting('varve." + std::string(name) + "', true)";
}

// Settings of the transaction itself cannot be put back, and need not.
constexpr std::string_view settings_of_a_session =
    "pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE 'transaction%'";

std::string raise(std::string_view state) { return "RAISE 'varve' USING ERRCODE = '" + std::string(state) + "'; "; }

std::string raise_if(const std::string& condition, std::string_view state) {
    return "IF " + condition + " THEN " + raise(state) + "END IF; ";
}

std::string newest_id(const ledger_names& names) {
    return "(SELECT COALESCE(pg_catalog.max(id), 0) FROM " + names.ledger + ")";
}

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

std::string token_condition(const std::string& token) { return noted("token") + " = '" + token + "'"; }

std::string text_to_prepare(const std::string& token, settings_to_keep keep, int server_version) {
    std::string sql = "SELECT " + set_for_transaction("varve.token", "'" + token + "'");
    for (const std::string name : kept_names)
        sql += ", " + set_for_transaction("varve." + name, "pg_catalog.current_setting('" + name + "')");
    if (keep == settings_to_keep::all)
        sql += ", " +
               set_for_transaction("varve.settings", "(SELECT pg_catalog.json_object_agg(name, setting)::text FROM " +
                                                         std::string(settings_of_a_session) + ")");
    sql += ";\nSELECT " + set_for_transaction("statement_timeout", "'0'") + ", " +
           set_for_transaction("standard_conforming_strings", "'on'");
    // Without it the transaction of a dead client holds the lock until its statement ends. Other systems refuse it.
    if (server_version >= 140000)
        sql += ", CASE WHEN pg_catalog.version() ~ 'linux' THEN " +
               set_for_transaction("client_connection_check_interval", "'500ms'") + " END";
    return sql + ";\n";
}

std::string text_of_guard(std::optional<std::int64_t> revision, const ledger_names& names) {
    std::string body =
        "BEGIN " + raise_if("pg_catalog.transaction_timestamp() <> pg_catalog.statement_timestamp()", state_open);
    body += raise_if("NOT pg_catalog.pg_try_advisory_xact_lock(" + names.lock_key + ")", state_locked);
    const std::string no_ledger = absent("to_regclass", names.ledger_literal);
    if (revision) {
        body += raise_if(no_ledger, state_moved);
        body += raise_if(newest_id(names) + " <> " + std::to_string(*revision), state_moved);
    } else {
        body += raise_if("NOT " + no_ledger, state_moved);
        body += "IF " + absent("to_regnamespace", names.schema_literal) + " THEN CREATE SCHEMA " + names.schema +
                "; END IF; ";
    }
    return "DO " + dollar_quoted(body + "END") + ";\n";
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
    for (const std::string name : kept_names)
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

std::string text_of_proof(const std::string& token) {
    return "SELECT CASE WHEN " + token_condition(token) + " THEN 'varve' ELSE ('" + std::string(lost_transaction) +
           ", '||pg_catalog.pg_backend_pid())::int4::text END";
}

bool is_proof(const pqxx::result& rows) {
    return static_cast<std::size_t>(rows.size()) == 1 && static_cast<std::size_t>(rows.columns()) == 1 &&
           !rows[0][0].is_null() && std::string_view(rows[0][0].c_str()) == "varve";
}

}  // namespace varve::postgresql
