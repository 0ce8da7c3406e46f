#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"
#include "script_block.hpp"
#include "transaction_text.hpp"

#include <varve/engine.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace varve::postgresql {

/// What has to be asked before a script may run.
enum class guard : std::uint8_t {
    everything,
    nothing_new  ///< this session has the lock and wrote the newest row, which is the expected one
};

/// A batch about to be performed, and what it is performed with. Refers to the engine's parts.
struct performance {
    connection& db;
    const ledger_names& names;
    const batch& what;
    progress* told;
    std::string token = random_token();
    settings_to_keep keep = settings_to_keep::names;
    guard asked = guard::everything;
    const prepared_session* own = nullptr;  ///< the session, if it is ours and prepared
    std::string first{};                    ///< SQL to begin the transaction with, each statement with its semicolon
    std::string as_role{};                  ///< before all that, and before settings are noted: takes the role
    std::string role_back{};                ///< after everything else: puts the session's own role back
};

[[nodiscard]] performance make_performance(connection&, const ledger_names&, const batch&, progress*);

/// Whether any action runs C++, which needs answers while the transaction is open.
[[nodiscard]] bool runs_code(const batch&);

/// More statements or bytes than this are sent in several strings: each EXECUTE keeps a plan that each DDL statement
/// invalidates, and the server needs four times the memory of a string.
inline constexpr std::size_t most_statements_of_a_string = 200;
inline constexpr std::size_t most_bytes_of_a_string = 8U << 20U;

[[nodiscard]] bool fits_in_one_string(const batch&, int server_version);

/// Whether any script of the batch has a limit for each of its statements.
[[nodiscard]] bool limits_statements(const batch&);
/// The limits that the transaction begins with: those of the first script.
[[nodiscard]] time_limits first_limits(const batch&);
/// What the transaction sets first, as more expressions of a list: these limits, and what it shows of itself.
[[nodiscard]] std::string text_to_begin_with(const batch&);

/// How many batches in front fit in one string together; at least one.
[[nodiscard]] std::size_t count_in_one_string(std::span<const batch>);

/// One string, which is its own transaction: one round trip. Throws `no_block_language` if the server cannot run an
/// anonymous block; then nothing was done.
[[nodiscard]] outcome perform_in_one_string(performance&);
struct no_block_language {};

/// Several transactions in one string: one round trip. Gives how many of them are committed: all, or those before the
/// one that was refused; what that means is asked with `outcome_of_refused`.
class string_of_transactions {
public:
    /// A performance for each batch, in order.
    string_of_transactions(std::span<const batch>, std::vector<performance>);
    /// Throws `connection_lost`: then nobody knows how many.
    [[nodiscard]] std::size_t run();
    /// Tells that a transaction was performed.
    void tell_done(std::size_t which, progress&) const;
    /// After `run` gave less than all: why the next one was refused. Throws as `perform_in_one_string` does.
    [[nodiscard]] outcome outcome_of_refused(std::size_t which, progress&);

private:
    [[nodiscard]] std::size_t count_committed() const;

    std::span<const batch> batches_;
    std::vector<performance> runs_;
    std::vector<script_block> blocks_;
    std::optional<server_error> refused_;
};

/// Several strings between BEGIN and COMMIT.
enum class blocks : std::uint8_t { use, avoid };
[[nodiscard]] outcome perform_in_several_strings(performance&, blocks);

}  // namespace varve::postgresql
