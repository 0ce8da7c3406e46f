#pragma once

#include <varve/catalog.hpp>
#include <varve/engine.hpp>
#include <varve/error.hpp>
#include <varve/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Proving a history on a database that may be thrown away: that every up script can be applied, and that every down
/// script undoes its up. Reference: docs/verify.md
namespace varve {

/// What was found about one script.
struct finding {
    enum class severity : std::uint8_t { warning, error } level = severity::error;
    std::string file{};  ///< `0007_add_email.down.sql`, without the directory; the master file with its path
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::string message{};
    std::vector<std::string> details{};  ///< a line each: differences, or the statement
    std::string hint{};
    friend bool operator==(const finding&, const finding&) = default;
};

/// `migrations/0007_x.down.sql:1:1: error: ...` and what follows it, each line ended. `directory` as the user wrote it.
[[nodiscard]] std::string to_string(const finding&, std::string_view directory);

/// What was proven. Without errors, the history can be applied to an empty database.
struct verify_report {
    std::vector<finding> findings{};
    std::size_t migrations = 0;  ///< applied
    std::size_t undone = 0;      ///< downs that were run and compared, wrong ones too
    std::size_t remembered = 0;  ///< of the migrations: proven by an earlier run
    [[nodiscard]] bool any_errors() const;
};

/// What proving one migration in a transaction that is rolled back came to.
struct proof {
    enum class outcome : std::uint8_t {
        same,  ///< up and down ran, nothing is different, and the up ran again
        different,
        unsure  ///< a script failed, or cannot be in a transaction: only running them for real tells
    } what = outcome::unsure;
    std::vector<difference> differences{};
};

/// A database that may be thrown away, empty when it is made, with varve's ledger in it. One for each engine.
class scratch_database {
public:
    scratch_database() = default;
    scratch_database(const scratch_database&) = delete;
    scratch_database& operator=(const scratch_database&) = delete;
    virtual ~scratch_database() = default;

    [[nodiscard]] virtual engine& database() = 0;

    /// Everything but the ledger, with the rows.
    [[nodiscard]] virtual catalog read_catalog() = 0;

    /// Runs up, down and up in a transaction, compares, and rolls back. Never throws for what a script does.
    /// An engine that cannot says so by `proves_in_transactions`.
    [[nodiscard]] virtual proof prove_in_transaction(const migration&) = 0;
    [[nodiscard]] virtual bool proves_in_transactions() const = 0;

    /// Notes the present state, for `bring_back` and `put_numbers_back`.
    virtual void remember() = 0;
    /// Lets the numbers that rows are given by themselves go on from where they were when it was remembered: what was
    /// rolled back since has used some up, and in production it will not have run.
    virtual void put_numbers_back() = 0;
    /// Brings back a state that was: the one remembered, or an earlier one. `database()` may be another engine then.
    virtual void bring_back() = 0;
};

/// One of several histories that were proven, each on a database where those before it are applied.
struct proven_history {
    const history* what = nullptr;
    verify_report report{};
};

/// Where to begin and when to pause.
struct verify_options {
    std::size_t already_proven = 0;  ///< migrations of the history that are applied here and were proven before
    std::vector<finding> known{};    ///< what was found about these
    std::size_t pause_after = 0;     ///< when that many migrations are applied and proven without an error ...
    std::function<void(const std::vector<finding>&)> on_pause{};  ///< ... this is called, once, with what was found
    std::string master{};                                         ///< path of the master file, for messages
};

/// Applies the history to the database, proving each migration that has a down; `first` are applied before it, without
/// proof. Where a database can be had anew (`proves_in_transactions`), also proves that the master file makes the same.
/// A wrong down is an error in a draft and a warning in a released migration, which may have shipped. What cannot be
/// applied ends it. Throws `varve::error` only for what is not the history's fault: a lost connection.
[[nodiscard]] verify_report verify(scratch_database&, const std::vector<const history*>& first, const history&,
                                   verify_options = {});

}  // namespace varve
