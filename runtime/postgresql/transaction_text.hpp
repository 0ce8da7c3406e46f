#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The SQL that stands around a script: settings, guard, putting back, proof. The same in the form of one string and in
/// the form of several.
namespace varve::postgresql {

/// What the text of a refusal by varve's own questions contains. Such a question is plain SQL that fails with SQLSTATE
/// 22P02: an anonymous block would cost as much as a small migration.
inline constexpr std::string_view says_open = "varve: transaction of the application";
inline constexpr std::string_view says_locked = "varve: locked";
inline constexpr std::string_view says_moved = "varve: moved";
inline constexpr std::string_view says_lost = "varve: transaction lost";
inline constexpr std::string_view says_missing_row = "varve: no such row";

/// An expression: 1, or the refusal.
[[nodiscard]] std::string one_or_refusal(std::string_view condition, std::string_view refusal);

/// What a batch may change outside the transaction, and so what has to be put back after it.
enum class settings_to_keep : std::uint8_t {
    names,  ///< role and search path, which a function may have changed
    all     ///< every setting of the session: the script mentions SET, RESET or set_config
};

/// A random word that is known to nobody else: a setting with this value is there as long as the transaction is ours.
[[nodiscard]] std::string random_token();

/// How long to wait for locks, for a list of expressions: empty, or a comma and one that sets it for the transaction.
[[nodiscard]] std::string and_lock_timeout(const time_limits&);
/// No statement timeout any more, as `text_to_prepare` left it.
[[nodiscard]] std::string text_to_end_statement_timeout();

/// Notes the settings to put back, then sets for this transaction what varve relies on: no statement timeout, standard
/// strings, and that the server notices a client that is gone. `also`: a comma and more expressions, or nothing.
[[nodiscard]] std::string text_to_prepare(const std::string& token, settings_to_keep, int server_version,
                                          std::string_view also);

/// Puts the noted settings back, so that they are the session's when the transaction ends.
[[nodiscard]] std::string text_to_put_back(const std::string& token, settings_to_keep);

/// A session of our own, where all this is done once and not for each of a thousand small migrations. What role and
/// search path have to be is known, as SQL literals.
struct prepared_session {
    std::string role{};
    std::string search_path{};
};
/// Sets what varve relies on for the whole session; two columns are its role and search path.
[[nodiscard]] std::string text_to_prepare_session(int server_version);
/// The same as the two above where only names have to be kept.
[[nodiscard]] std::string text_to_prepare_in(const prepared_session&, const std::string& token, std::string_view also);
[[nodiscard]] std::string text_to_put_back_in(const prepared_session&);

/// Refuses an open transaction, a held lock and another revision. Lock and revision are statements of their own,
/// because a statement does not see what was committed after it began. An absent ledger's schema is created.
[[nodiscard]] std::string text_of_guard(std::optional<std::int64_t> revision, const ledger_names&);

/// For a session that has the lock and wrote the newest row itself: nobody else can have written since, and the primary
/// key refuses whoever does it all the same.
[[nodiscard]] std::string text_of_guard_under_lock();

/// The same questions one by one, for a transaction of several strings.
[[nodiscard]] std::string text_to_try_transaction_lock(const ledger_names&);
/// Two columns: whether the ledger is absent, whether its schema is.
[[nodiscard]] std::string text_to_ask_what_exists(const ledger_names&);
[[nodiscard]] std::string text_to_ask_newest_id(const ledger_names&);

/// The last statement: gives one row, 1, or refuses with `says_lost`.
[[nodiscard]] std::string text_of_proof(const std::string& token);
[[nodiscard]] bool is_proof(const pqxx::result&);

}  // namespace varve::postgresql
