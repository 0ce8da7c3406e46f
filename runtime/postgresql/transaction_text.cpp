#include "transaction_text.hpp"

#include "answer.hpp"
#include "filled_text.hpp"
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

std::string set_for_transaction(std::string_view name, std::string_view value) {
    return filled("pg_catalog.set_config('{}', {}, true)", {name, value});
}

// A block counts as one statement for the timeout. Without the last one the transaction of a dead client holds the lock
// until its statement ends; systems other than Linux refuse it. `is_local`: for this transaction, not the session.
std::string set_what_is_relied_on(std::string_view is_local, int server_version) {
    std::string sql = filled(
        "pg_catalog.set_config('statement_timeout', '0', {}), pg_catalog.set_config('standard_conforming_strings', "
        "'on', {})",
        {is_local, is_local});
    if (server_version >= 140000)
        sql += filled(
            ", CASE WHEN pg_catalog.version() ~ 'linux' THEN "
            "pg_catalog.set_config('client_connection_check_interval', '500ms', {}) END",
            {is_local});
    return sql;
}

std::string noted(std::string_view name) { return filled("pg_catalog.current_setting('varve.{}', true)", {name}); }

// As it is, unless it is something else now; a NULL is not.
std::string put_back(std::string_view name, std::string_view value) {
    return filled("CASE WHEN pg_catalog.current_setting('{}') <> {} THEN pg_catalog.set_config('{}', {}, false) END",
                  {name, value, name, value});
}

constexpr std::string_view no_transaction = "pg_catalog.transaction_timestamp() = pg_catalog.statement_timestamp()";

// Settings of the transaction itself cannot be put back, and need not.
constexpr std::string_view settings_of_a_session =
    "pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE 'transaction%'";

// Planned faster than max(id).
std::string newest_id(const ledger_names& names) {
    return filled("COALESCE((SELECT id FROM {} ORDER BY id DESC LIMIT 1), 0)", {names.ledger});
}

// True as long as the transaction is the one that `text_to_prepare` was run in.
std::string token_condition(std::string_view token) { return filled("{} = '{}'", {noted("token"), token}); }

std::string absent(std::string_view function, std::string_view literal) {
    return filled("pg_catalog.{}({}) IS NULL", {function, literal});
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

std::string one_or_refusal(std::string_view condition, std::string_view refusal) {
    // The process makes it a value of the moment: a constant would be cast, and refused, while the query is planned.
    return filled("CASE WHEN {} THEN 1 ELSE ('{}, '||pg_catalog.pg_backend_pid())::int4 END", {condition, refusal});
}

std::string and_lock_timeout(const time_limits& limits) {
    if (!limits.lock) return {};
    return filled(", {}", {set_for_transaction("lock_timeout", filled("'{}'", {limits.lock->count()}))});
}

std::string text_to_end_statement_timeout() {
    return filled("SELECT {};\n", {set_for_transaction("statement_timeout", "'0'")});
}

std::string text_to_prepare(const std::string& token, settings_to_keep keep, int server_version,
                            std::string_view also) {
    std::string sql = core::joined({"SELECT ", set_for_transaction("varve.token", filled("'{}'", {token}))});
    for (const std::string_view name : kept(keep))
        core::append(sql, {", ", set_for_transaction(filled("varve.{}", {name}),
                                                     filled("pg_catalog.current_setting('{}')", {name}))});
    if (keep == settings_to_keep::all)  // what is noted must be read before the next ones are set
        sql += filled(
            ", pg_catalog.set_config('varve.settings', (SELECT pg_catalog.json_object_agg(name, setting)::text FROM "
            "{}), true);\nSELECT 1",
            {settings_of_a_session});
    return sql + filled(", {}{};\n", {set_what_is_relied_on("true", server_version), also});
}

std::string text_to_put_back(const std::string& token, settings_to_keep keep) {
    std::string names;
    for (const std::string_view name : kept(keep)) append_to_list(names, ", ", put_back(name, noted(name)));
    const std::string ours = token_condition(token);
    std::string sql = filled("SELECT {} WHERE {};\n", {names, ours});
    if (keep == settings_to_keep::all)
        sql += filled(
            "SELECT pg_catalog.count(pg_catalog.set_config(name, value, false)) FROM "
            "pg_catalog.json_each_text({}::json) "
            "AS noted(key, value), {} AND name = key AND setting IS DISTINCT FROM value AND {};\n",
            {noted("settings"), settings_of_a_session, ours});
    return sql;
}

std::string text_to_prepare_session(int server_version) {
    return filled("SELECT pg_catalog.current_setting('role'), pg_catalog.current_setting('search_path'), {}",
                  {set_what_is_relied_on("false", server_version)});
}

std::string text_to_prepare_in(const prepared_session&, const std::string& token, std::string_view also) {
    return filled("SELECT {}{};\n", {set_for_transaction("varve.token", filled("'{}'", {token})), also});
}

std::string text_to_put_back_in(const prepared_session& own) {
    return filled("SELECT {}, {};\n", {put_back("role", own.role), put_back("search_path", own.search_path)});
}

std::string text_of_guard(std::optional<std::int64_t> revision, const ledger_names& names) {
    const std::string lock = filled("pg_catalog.pg_try_advisory_xact_lock({})", {names.lock_key});
    std::string sql =
        filled("SELECT {}, {};\n", {one_or_refusal(no_transaction, says_open), one_or_refusal(lock, says_locked)});
    if (revision) {
        const std::string here = filled("{} = {}", {newest_id(names), *revision});
        return sql + filled("SELECT {};\n", {one_or_refusal(here, says_moved)});
    }
    const std::string create = filled("BEGIN IF {} THEN CREATE SCHEMA {}; END IF; END",
                                      {absent("to_regnamespace", names.schema_literal), names.schema});
    const std::string no_ledger = absent("to_regclass", names.ledger_literal);
    return sql + filled("SELECT {};\nDO {};\n", {one_or_refusal(no_ledger, says_moved), dollar_quoted(create)});
}

std::string text_of_guard_under_lock() { return filled("SELECT {};\n", {one_or_refusal(no_transaction, says_open)}); }

std::string text_to_try_transaction_lock(const ledger_names& names) {
    return filled("SELECT pg_catalog.pg_try_advisory_xact_lock({})", {names.lock_key});
}

std::string text_to_ask_what_exists(const ledger_names& names) {
    return filled("SELECT {}, {}",
                  {absent("to_regclass", names.ledger_literal), absent("to_regnamespace", names.schema_literal)});
}

std::string text_to_ask_newest_id(const ledger_names& names) { return filled("SELECT {}", {newest_id(names)}); }

std::string text_of_proof(const std::string& token) {
    return filled("SELECT {}", {one_or_refusal(token_condition(token), says_lost)});
}

bool is_proof(const pqxx::result& rows) {
    return count_of(rows) == 1 && static_cast<std::size_t>(rows.columns()) == 1 && text_in(rows, 0, 0) == "1";
}

}  // namespace varve::postgresql
