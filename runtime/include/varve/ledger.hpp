#pragma once

#include <varve/history.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the database remembers: rows of `varve_ledger` and `varve_statement` (docs/ledger.md) as values.
namespace varve {

enum class entry_kind : std::uint8_t { migration, baseline, skip, repeatable, seed, schema, event };
enum class entry_state : std::uint8_t { running, applied, reverting, reverted, superseded };

/// The words stored in the database, the same as in JSON and messages.
[[nodiscard]] std::string_view to_string(entry_kind) noexcept;
[[nodiscard]] std::string_view to_string(entry_state) noexcept;
[[nodiscard]] std::optional<entry_kind> entry_kind_from(std::string_view) noexcept;
[[nodiscard]] std::optional<entry_state> entry_state_from(std::string_view) noexcept;

/// One row of the ledger. A row is active while it has a slot; an inactive one is history and is never removed.
struct ledger_entry {
    std::int64_t id = 0;
    std::string history{};
    std::optional<std::string> slot{};  ///< `v:7`; empty when the row is no longer active
    entry_kind kind = entry_kind::migration;
    std::optional<std::int64_t> version{};
    std::string name{};
    std::string description{};
    entry_state state = entry_state::applied;
    std::string checksum{};              ///< `1:9f86d0...`; empty for events
    std::optional<std::int64_t> mark{};  ///< -1 while not applied; empty for inactive rows and events
    std::string depends{};               ///< `3,auth:5`
    bool breaks_older = false;
    std::int32_t statements_done = 0;
    std::int32_t statements_total = 0;
    std::string applied_at{};   ///< UTC, `2026-01-07T09:30:00.123Z`; written by the engine from the database's clock
    std::string reverted_at{};  ///< the same; empty while active
    std::int64_t duration_ms = 0;
    std::string applied_by{};  ///< user, host and process: `deploy@web1:4711`
    std::string program{};
    std::string reason{};
    std::string details{};  ///< JSON object or empty

    [[nodiscard]] bool active() const { return slot.has_value(); }
};

enum class statement_state : std::uint8_t { pending, intended, done, failed };
[[nodiscard]] std::string_view to_string(statement_state) noexcept;
[[nodiscard]] std::optional<statement_state> statement_state_from(std::string_view) noexcept;

/// One row of `varve_statement`: a down kept so that an older binary can undo what a newer one did, or the progress of
/// a script that runs without a transaction. Position 0 holds a script's `PRAGMA foreign_keys` setting, if it has one.
struct stored_statement {
    std::int64_t ledger_id = 0;
    direction which = direction::down;
    std::int32_t position = 1;
    std::string checksum{};  ///< `1:...` of the statement's own tokens
    std::string sql{};
    std::string file{};
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool transactional = true;
    statement_state state = statement_state::pending;
};

/// Changes the state of a row that exists. An empty slot or mark makes it NULL; with an empty slot the engine also sets
/// `reverted_at` from the database's clock.
struct entry_update {
    std::int64_t id = 0;
    entry_state state = entry_state::applied;
    std::optional<std::string> slot{};
    std::optional<std::int64_t> mark{};
    std::int32_t statements_done = 0;
    std::optional<std::string> details{};  ///< what they become; without it they stay
    /// What they have to be now. If they are something else, somebody went on with the row: nothing is changed, and
    /// `perform` gives `moved`.
    std::optional<std::string> expected_details{};
};

/// Notes the progress of one statement of a script that runs without a transaction.
struct statement_update {
    std::int64_t ledger_id = 0;
    direction which = direction::up;
    std::int32_t position = 1;
    statement_state state = statement_state::done;
};

/// What became of a statement of which nobody noted that it ended, as its probe found it.
enum class statement_effect : std::uint8_t {
    unknown,  ///< only a person can tell
    none,     ///< it took no effect, or may be run again
    partial,  ///< what it left behind has to be removed before it is run again
    complete
};

/// What was found out about one statement of an unfinished script.
struct examined_statement {
    std::int64_t ledger_id = 0;
    direction which = direction::up;
    std::int32_t position = 1;
    statement_effect effect = statement_effect::unknown;
};

/// Everything one action writes to the ledger, in this order: updates, inserts, statements, progress (an update frees
/// the slot that an insert takes). Ids are decided before, under the guard: newest seen + 1 and on.
struct ledger_change {
    std::vector<entry_update> updates{};
    std::vector<ledger_entry> inserts{};
    std::vector<stored_statement> statements{};
    std::vector<statement_update> progress{};
};

/// What was read. `revision` is the newest id of any row, 0 in an empty ledger: it guards every write.
struct ledger_snapshot {
    bool exists = false;  ///< false: no ledger in this database, or no database
    std::int64_t revision = 0;
    std::vector<ledger_entry> entries{};  ///< by id, oldest first
    /// What the runtime read in addition, with `read_statements`: the progress of rows that are running or reverting,
    /// and the downs kept for rows whose migration this program does not contain as applied. Engines leave it empty.
    std::vector<stored_statement> statements{};
    /// What the runtime found out about those of them that were begun, and did not end as far as the ledger says.
    std::vector<examined_statement> examined{};
};

/// The text form of a checksum, and back. Empty on anything else.
[[nodiscard]] std::string to_string(const checksum&);
[[nodiscard]] std::optional<checksum> checksum_from(std::string_view) noexcept;

}  // namespace varve
