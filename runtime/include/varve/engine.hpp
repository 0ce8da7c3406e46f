#pragma once

#include <varve/history.hpp>
#include <varve/ledger.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve {

/// What the marks of a history's active rows must add up to when nothing is pending.
struct expected_marks {
    std::string_view history;
    std::int64_t count = 0;
    std::int64_t sum = 0;
};

/// How long each statement of a script may wait for a lock on a table, and run; 0: without limit. Empty: the engine
/// leaves it as it is in the session.
struct time_limits {
    std::optional<std::chrono::milliseconds> lock{};
    std::optional<std::chrono::milliseconds> statement{};
    /// Whether the limit of locks was given for this script or this run: then it is also for what waits without
    /// keeping others waiting (CREATE INDEX CONCURRENTLY).
    bool lock_limit_is_given = false;
};

/// Statements to run, from a history or from the ledger, and how.
struct runnable {
    std::string file{};  ///< `migrations/0007_add_email.sql`, for messages
    std::vector<statement> statements{};
    transaction_mode mode = transaction_mode::transaction;
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    time_limits limits{};
};

/// C++ that runs in a transaction of varve's. Whatever it throws leaves `perform`, once the transaction is rolled back.
using transaction_code = std::function<void(transaction_access&)>;

/// One step made concrete: the statements and the ledger rows that commit with them.
struct action {
    runnable script;
    ledger_change change;             ///< read when everything in the batch has run: its code may complete it
    std::size_t measured = no_entry;  ///< index into `change.inserts` of the row whose duration_ms the engine fills in
    transaction_code before{};        ///< runs before the statements, if there is any
    transaction_code after{};         ///< runs after them: a migration written in C++ has none
    static constexpr std::size_t no_entry = static_cast<std::size_t>(-1);

    [[nodiscard]] bool runs_code() const { return before || after; }
    [[nodiscard]] bool runs_anything() const { return runs_code() || !script.statements.empty(); }
};

/// What happens in one transaction: all of it or nothing. All scripts have mode `transaction` and the same setting of
/// foreign keys.
struct batch {
    /// The newest id that the plan saw; empty if it saw no ledger (then the first action creates it).
    /// The engine refuses with `moved` if the ledger is not at this revision any more, checked under the lock.
    std::optional<std::int64_t> expected_revision{};
    std::span<const action> actions;
};

enum class outcome : std::uint8_t {
    done,    ///< committed, and proven to be
    locked,  ///< somebody else holds the lock; nothing was done
    moved    ///< somebody else was faster; nothing was done; read again and plan again
};

/// How long a lock that `try_lock()` took keeps other runs out.
enum class lock_scope : std::uint8_t {
    run,         ///< until `unlock()`
    transaction  ///< during each `perform` only; another run may begin between two of them
};

/// How far the database says it is with a statement that takes long. Views are valid during the call only.
struct statement_progress {
    std::string_view phase{};     ///< in the database's words: `building index: scanning table`
    std::string_view relation{};  ///< the table it works on, if known
    std::string_view unit{};      ///< what `done` and `total` count: `blocks`, `tuples`, `bytes`
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0: not known
    friend bool operator==(const statement_progress&, const statement_progress&) = default;
};
using progress_listener = std::function<void(const statement_progress&)>;

/// What there is of a statement in the database.
struct found_effect {
    statement_effect is = statement_effect::unknown;
    std::vector<std::string> remedies{};  ///< of a partial one: statements that remove it, to be run one by one, alone
};

/// What a database looks like from outside, for a person.
struct database_overview {
    bool exists = true;      ///< false: there is no such file yet
    std::string server{};    ///< `PostgreSQL 15.14`, `SQLite 3.40.1`
    std::size_t tables = 0;  ///< without those of the system, of extensions and of the ledger
};

/// How an engine tells what it does while it performs a batch. Calls may throw (an observer did): let it pass, roll
/// back. The last action or statement named is where a failure happened. Actions and statements are counted from 0, in
/// order; an action without statements is named too; nothing is named when the guard refuses.
class progress {
public:
    virtual ~progress() = default;
    virtual void action_started(std::size_t action) = 0;
    virtual void statement_begun(std::size_t action, std::size_t statement) = 0;
    virtual void statement_ended(std::size_t action, std::size_t statement) = 0;
};

/// The same for batches that are performed one after the other.
class series_progress {
public:
    virtual ~series_progress() = default;
    /// What the batch does is told here, until the next call.
    [[nodiscard]] virtual progress& begin(std::size_t batch) = 0;
    /// It is committed, and proven to be.
    virtual void committed(std::size_t batch) = 0;
};

/// A database as varve needs it. Used by one thread at a time, except for `interrupt`. All functions throw
/// `varve::error` and nothing else of their own; after an error the engine is as before the call, or says
/// `connection_failed`/`in_doubt`. An engine performs a whole transaction (script, ledger rows, guard), so that it may
/// do it in one round trip.
class engine {
public:
    engine() = default;
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    virtual ~engine() = default;

    [[nodiscard]] virtual engine_kind kind() const noexcept = 0;

    /// For messages: file name or URI, without a password.
    [[nodiscard]] virtual std::string location() const = 0;

    /// As whom the database does what it is asked, if that is another role than the user who is connected; for the
    /// ledger, beside who runs the program.
    [[nodiscard]] virtual std::string role() const { return {}; }

    /// Writes nothing and creates nothing. Empty if the engine cannot tell.
    [[nodiscard]] virtual std::optional<database_overview> overview() { return std::nullopt; }

    /// True if the ledger says exactly this. One query; no transaction, no lock, nothing written, no database created;
    /// false if there is no ledger or no database. Refuses a connection that is inside a transaction of its owner
    /// (`transaction_open`), before the ledger is named.
    [[nodiscard]] virtual bool is_current(std::span<const expected_marks>) = 0;

    enum class rows : std::uint8_t { active, all };
    /// The ledger's rows of all histories. Writes nothing and creates nothing.
    [[nodiscard]] virtual ledger_snapshot read(rows) = 0;

    /// The statements kept for a row, by position.
    [[nodiscard]] virtual std::vector<stored_statement> read_statements(std::int64_t ledger_id, direction) = 0;

    /// Takes the lock that keeps other runs out for the whole of this one, without waiting. True also if this engine
    /// has it already, false if somebody else has it. Called again after the connection was lost: the lock is gone with
    /// it, and a connection that the engine can make anew is made anew. Where there is no lock that outlives a
    /// transaction (SQLite, a transaction pooler: `scope()`), true: then the guard of each batch alone keeps others
    /// out.
    [[nodiscard]] virtual bool try_lock() = 0;
    virtual void unlock() noexcept = 0;
    [[nodiscard]] virtual lock_scope scope() const noexcept { return lock_scope::run; }
    /// Who holds the lock, for a person; empty if not known.
    [[nodiscard]] virtual std::string lock_holder() = 0;

    /// Performs a batch in one transaction, with the guard first and proof of the commit last. The ledger changes are
    /// written after the scripts, action by action in order.
    [[nodiscard]] virtual outcome perform(const batch&, progress&) = 0;

    /// Performs batches in order, each in a transaction of its own with a guard and a proof of its own. Each expects
    /// the revision that the one before it leaves. Stops at the first that is not done, whose outcome or error is the
    /// one of the call; those before it were told as committed, those after it were not begun. Here one by one; an
    /// engine may send many of them at once.
    [[nodiscard]] virtual outcome perform_series(std::span<const batch>, series_progress&);

    /// How long the database takes to answer, at best, as far as it was seen; 0 if it is part of the process.
    [[nodiscard]] virtual std::chrono::microseconds round_trip() const noexcept { return {}; }

    /// Runs one statement by itself, outside any transaction. Only between `perform`s that note its progress.
    /// `statement_failed`, `needs_session`, `transaction_open`, `read_only`, `permission_denied`, `table_locked` and
    /// `cancelled` mean that it took no effect; after any other error nobody knows.
    virtual void execute_alone(const runnable&, std::size_t statement) = 0;
    /// Whether that is possible in the session that `try_lock` got: not through a transaction pooler.
    [[nodiscard]] virtual bool can_execute_alone() const noexcept { return true; }

    /// Whom `perform` and `execute_alone` tell how far a long statement is, on the thread that called them; empty:
    /// nobody. An engine that cannot know tells nothing. If the listener throws, that leaves the engine once the
    /// statement was stopped.
    virtual void tell_progress_to(const progress_listener&) {}

    /// Looks in the database what became of a statement. Writes nothing. Not asked about probes of the kinds
    /// `repeatable` and `setting`. An engine that has no others need not answer.
    [[nodiscard]] virtual found_effect look_for(const statement_probe&) { return {}; }

    /// Cancels what `perform` or `execute_alone` runs just now, and ends their waits: they throw `cancelled`, or are
    /// done already. The one function that another thread may call while one uses the engine; asked again and again
    /// until they return. No effect while neither runs. An engine whose statements never take long may do nothing.
    virtual void interrupt() noexcept {}

    /// varve's own history for this engine: the ledger's schema.
    [[nodiscard]] virtual const history& ledger_history() const noexcept = 0;
};

}  // namespace varve
