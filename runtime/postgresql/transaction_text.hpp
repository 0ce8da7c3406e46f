#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The SQL that stands around a script: settings, guard, putting back, proof. The same in the form of one string and in
/// the form of several.
namespace varve::postgresql {

/// Our own SQLSTATEs, raised by the guard.
inline constexpr std::string_view state_locked = "VV001";
inline constexpr std::string_view state_moved = "VV002";
inline constexpr std::string_view state_open = "VV003";

/// What a batch may change outside the transaction, and so what has to be put back after it.
enum class settings_to_keep : std::uint8_t {
    names,  ///< role, session authorization, search path
    all     ///< every setting of the session: the script mentions SET, RESET or set_config
};

/// A random word that is known to nobody else: a setting with this value is there as long as the transaction is ours.
[[nodiscard]] std::string random_token();

/// True as long as the transaction is the one that `text_to_prepare` was run in.
[[nodiscard]] std::string token_condition(const std::string& token);

/// Notes the settings to put back, then sets for this transaction what varve relies on: no statement timeout (a block
/// counts as one statement), standard strings, and that the server notices a client that is gone.
[[nodiscard]] std::string text_to_prepare(const std::string& token, settings_to_keep, int server_version);

/// Refuses an open transaction, a held lock and another revision. An absent ledger's schema is created.
[[nodiscard]] std::string text_of_guard(std::optional<std::int64_t> revision, const ledger_names&);

/// The same questions one by one, for a transaction of several strings. Each is a statement of its own: a statement
/// does not see what was committed after it began.
[[nodiscard]] std::string text_to_try_transaction_lock(const ledger_names&);
/// Two columns: whether the ledger is absent, whether its schema is.
[[nodiscard]] std::string text_to_ask_what_exists(const ledger_names&);
[[nodiscard]] std::string text_to_ask_newest_id(const ledger_names&);

/// Puts the noted settings back, so that they are the session's when the transaction ends.
[[nodiscard]] std::string text_to_put_back(const std::string& token, settings_to_keep);

/// The last statement: gives one row, `varve`, or fails with SQLSTATE 22P02 and `lost_transaction` in the text.
[[nodiscard]] std::string text_of_proof(const std::string& token);
inline constexpr std::string_view lost_transaction = "varve: transaction lost";
[[nodiscard]] bool is_proof(const pqxx::result&);

}  // namespace varve::postgresql
