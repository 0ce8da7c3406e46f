#pragma once

#include <varve/engine.hpp>
#include <varve/error.hpp>
#include <varve/observer.hpp>
#include <varve/plan.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// The operations. Each locks, plans and performs; each throws `varve::error` and leaves the database as it was, or
/// says in the error what was done. Any number of processes may call them at once.
namespace varve {

/// How pending migrations are grouped into transactions.
enum class grouping : std::uint8_t {
    automatic,  ///< `all` on SQLite, where a commit costs a disk flush; `each` on PostgreSQL
    each,       ///< each migration its own transaction
    all         ///< everything pending in one, whose failure undoes all; what cannot be in it is a problem of the plan
};

/// How migrations that each have a transaction of their own are sent to the server.
enum class sending : std::uint8_t {
    automatic,   ///< `together` if a round trip takes more than 5 milliseconds
    one_by_one,  ///< a round trip each: an observer sees each one when it is done
    together     ///< as many as fit in one string (200 statements, 8 MB): told when the whole string is done
};

enum class run_mode : std::uint8_t { perform, dry };

/// How long something may take; 0: without limit. A script may say it better by a directive in its head
/// (docs/directives.md), which wins unless the limit is for every script.
class time_limit {
public:
    enum class scope : std::uint8_t { scripts_without_their_own, every_script };

    template <typename Number, typename Unit>
    time_limit(std::chrono::duration<Number, Unit> value, scope of = scope::scripts_without_their_own)
        : value_(std::chrono::duration_cast<std::chrono::milliseconds>(value)), scope_(of) {}

    [[nodiscard]] std::chrono::milliseconds value() const { return value_; }
    [[nodiscard]] scope of() const { return scope_; }

private:
    std::chrono::milliseconds value_;
    scope scope_;
};

/// What a program does beside its migrations (docs/hooks.md), on the thread that migrates. What one throws ends the
/// operation as `code_failed`, or as the `varve::error` that it is.
struct hooks {
    using in_transaction = std::function<void(const step&, transaction&)>;

    /// Before and after a script, in the transaction that records it: what they do commits with it, or is rolled back
    /// with it and done again when it is tried again. A script without a transaction has two: it is recorded as begun
    /// in one and as applied in the other. Not called where nothing is run (skip, baseline, renumber, repair).
    in_transaction before_migration{};
    in_transaction after_migration{};
    /// When there is something to do, under the lock, before anything is done. Sees all of it; again if another
    /// process was faster and it became something else.
    std::function<void(const std::vector<step>&)> before_run{};
    /// When all of it is done and durable. What it throws undoes nothing.
    std::function<void(const std::vector<step>&)> after_run{};
};

struct options {
    target to = target::newest();
    varve::out_of_order when_out_of_order = varve::out_of_order::refuse;
    newer_database when_newer = newer_database::accept_compatible;  ///< what `migrate` does with what it does not know
    grouping transactions = grouping::automatic;
    sending send = sending::automatic;
    run_mode mode = run_mode::perform;            ///< dry: plan and report, write nothing
    std::chrono::milliseconds lock_wait{60'000};  ///< how long to wait for another run; 0: not at all
    /// PostgreSQL: how long a statement waits for a lock on a table, so that it does not keep the application waiting
    /// behind it. Then the migration is rolled back and tried again, five times in all, longer and longer apart.
    /// What is done CONCURRENTLY keeps nobody waiting, and waits without limit unless one is given for it.
    time_limit lock_timeout = std::chrono::seconds(3);
    time_limit statement_timeout = std::chrono::milliseconds(0);  ///< PostgreSQL: how long a statement may run
    /// Asked to stop, an operation cancels the statement that runs, rolls back what is not committed, and throws
    /// `cancelled`; a wait ends at once. What a start after it finds is always a true ledger.
    std::stop_token stop{};
    std::string program{};      ///< recorded in the ledger; default: the executable's name
    std::string applied_by{};   ///< recorded; default: user@host:process
    std::string reason{};       ///< recorded
    observer* watch = nullptr;  ///< not owned
    varve::hooks hooks{};
};

/// What was done, or would be done by a dry run.
struct report {
    std::vector<step> done{};
    std::vector<std::string> notes{};
    std::chrono::milliseconds took{0};
};

/// Brings the database to `how.to`. To a version: applies what is before it; to revert what is after it, use
/// `rollback`. Nothing pending costs one query.
report migrate(engine&, const histories&, const options& how = {});

/// How far back.
class rollback_to {
public:
    /// `version` stays, everything after it in the history goes.
    static rollback_to version(std::int64_t version) { return {target::version(version), 0}; }
    static rollback_to base() { return {target::base(), 0}; }
    /// The last `count` applied migrations go.
    static rollback_to last(std::size_t count) { return {target::newest(), count}; }

    [[nodiscard]] const target& to() const { return to_; }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    rollback_to(target to, std::size_t count) : to_(to), count_(count) {}
    target to_;
    std::size_t count_;
};

/// Runs down scripts, newest first. The program's down wins over the stored one where the up checksums match; what the
/// program does not contain is reverted by the statements kept in the ledger.
report rollback(engine&, const histories&, rollback_to, const options& how = {});

/// Reverts a migration, and whatever of the history was applied after it, then applies all of that again. An edited one
/// is reverted by the down that the ledger *stored*. Without a version: every edited draft and what comes after it; if
/// none was edited, the last one applied.
report redo(engine&, const histories&, std::optional<std::int64_t> version, const options& how = {});

/// Settles the problem `renumbered`: the row of `from` becomes the row of `to`. Nothing is run.
report renumber(engine&, const histories&, std::int64_t from, std::int64_t to, const options& how = {});

/// Adopts an existing database: records every migration up to `version` as applied without running it.
/// Refused if any of the history is applied already.
report baseline(engine&, const histories&, std::int64_t version, const options& how = {});

/// Records one migration as applied without running it: a pending one, or one whose script without a transaction
/// stopped in the middle and was finished by hand.
report skip(engine&, const histories&, std::int64_t version, const options& how = {});

/// Corrects the ledger where only a person knows what is true: see `repair_kind`. Runs nothing. Needs `how.reason`;
/// nothing is forgotten: what the ledger said before stays in it, with who changed it and why.
report repair(engine&, const histories&, const repair_request&, const options& how = {});

/// Whether the database is what this program needs. Writes nothing.
enum class database_state : std::uint8_t { current, pending, diverged };
[[nodiscard]] database_state check(engine&, const histories&);

/// How `require` looks at a database.
struct require_options {
    /// `revert` is refused as `invalid_argument`: nothing is written.
    newer_database when_newer = newer_database::accept_compatible;
    std::chrono::milliseconds wait{0};  ///< for somebody else to migrate, and the server to start; 0: not at all
    std::stop_token stop{};             ///< ends the wait with `cancelled`
    observer* watch = nullptr;          ///< not owned; told what is waited for
};

/// The start of a program that must not migrate: returns if the database is what it needs, and throws otherwise.
/// `pending`: it is behind, still at the end of the wait; `connection_failed`: it could not be reached, still then.
/// `diverged`: they disagree, or it is too new; that does not pass, and is not waited for, unless it looks like a
/// script without a transaction that somebody is running. Writes nothing and takes no lock: it needs no more than the
/// right to read the ledger. If all is well, one query.
void require(engine&, const histories&, const require_options& how = {});

/// What a step runs; no statements for a step that only records. Views into the step and its history.
[[nodiscard]] runnable script_of(const step&);

/// The plan that `migrate` would perform now. Writes nothing.
[[nodiscard]] plan plan_for(engine&, const histories&, const options& how = {});

/// One line of a status: a migration of the program, the ledger, or both. A repeatable script or a seed has version 0;
/// applied is then one that was run, whatever it said.
struct migration_status {
    script_kind kind = script_kind::migration;
    std::string history{};
    std::int64_t version = 0;
    std::string name{};
    std::string description{};
    bool embedded = false;
    bool released = false;
    bool applied = false;
    std::optional<ledger_entry> entry{};  ///< the active row
    bool changed = false;                 ///< the program's script is not the one that was run: it will be run again
    std::optional<problem> trouble{};
    std::size_t up_statements = 0;
    std::size_t down_statements = 0;
    bool reversible = false;
    bool breaks_older = false;  ///< programs without it cannot work with a database that has it
    std::string depends{};
};

struct status_report {
    engine_kind kind = engine_kind::sqlite;
    std::string location{};
    std::optional<database_overview> overview{};
    bool ledger_exists = false;
    std::string lock_holder{};  ///< who migrates this database now, for a person; empty: nobody, or it cannot be known
    database_state state = database_state::current;
    std::vector<migration_status> migrations{};   ///< in the order of the histories; unknown rows of a history last
    std::vector<migration_status> repeatables{};  ///< the same of the scripts that are run again when they change
    std::vector<migration_status> seeds{};        ///< the same of those of every set
    std::vector<problem> problems{};
    std::vector<std::string> notes{};
};
[[nodiscard]] status_report status(engine&, const histories&);

/// Reverts everything that the histories made and applies them again, to `how.to`. What they did not make stays.
/// Refused on a protected database, and where a down script is missing.
report reset(engine&, const histories&, const options& how = {});

/// Whether `reset` and restoring a backup are refused on a database.
enum class protection : std::uint8_t { off, on };
/// Writes a row of the ledger, also a second time: who and why. Needs a ledger.
void set_protection(engine&, const histories&, protection, const options& how = {});
[[nodiscard]] protection protection_of(engine&);

/// Everything that ever happened to these histories, oldest first: their rows of the ledger, active or not.
[[nodiscard]] std::vector<ledger_entry> log(engine&, const histories&);

}  // namespace varve
