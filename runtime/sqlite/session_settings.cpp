#include "session_settings.hpp"

#include "prepared_statement.hpp"
#include "refusal.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace varve::sqlite {
namespace {

// `foreign_keys` is not among them: the generator takes it out of scripts (foreign_keys_guard).
// `defer_foreign_keys` ends with the transaction; `journal_mode` and the like are properties of the file.
constexpr auto settings = std::to_array<std::string_view>({"analysis_limit",
                                                           "automatic_index",
                                                           "busy_timeout",
                                                           "cache_size",
                                                           "cache_spill",
                                                           "cell_size_check",
                                                           "checkpoint_fullfsync",
                                                           "fullfsync",
                                                           "ignore_check_constraints",
                                                           "legacy_alter_table",
                                                           "locking_mode",
                                                           "query_only",
                                                           "read_uncommitted",
                                                           "recursive_triggers",
                                                           "reverse_unordered_selects",
                                                           "secure_delete",
                                                           "synchronous",
                                                           "temp_store",
                                                           "threads",
                                                           "trusted_schema",
                                                           "wal_autocheckpoint",
                                                           "writable_schema"});

// Cannot be asked for, but seen.
constexpr std::string_view case_sensitive_like = "case_sensitive_like";

std::optional<std::string> value_of(const connection& on, std::string_view setting) {
    const std::string sql =
        setting == case_sensitive_like ? "SELECT 'a' NOT LIKE 'A'" : core::joined({"PRAGMA ", setting});
    prepared_statement row(on, sql);
    if (row.empty() || !row.step()) return std::nullopt;  // a SQLite that does not have it
    return std::string(row.text(0));
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool is_pragma(std::string_view sql) noexcept {
    constexpr std::string_view word = "pragma";
    return sql.size() > word.size() &&
           std::equal(word.begin(), word.end(), sql.begin(), [](char a, char b) { return a == lower_case(b); });
}

session_settings::session_settings(const connection& on) : connection_(on) {
    for (const auto each : settings) {
        if (auto value = value_of(on, each)) values_.emplace_back(each, std::move(*value));
    }
    if (auto value = value_of(on, case_sensitive_like)) values_.emplace_back(case_sensitive_like, std::move(*value));
}

void session_settings::put_back() noexcept {
    for (const auto& [setting, before] : values_) {
        try {
            if (value_of(connection_, setting) == before) continue;
            const std::string sql = core::joined({"PRAGMA ", setting, " = ", before});
            prepared_statement change(connection_, sql);
            while (change.step()) {
            }
        } catch (const std::exception&) {
            continue;  // inside a transaction some cannot be changed; they are tried again after it
        }
    }
}

}  // namespace varve::sqlite
