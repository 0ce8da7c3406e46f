#pragma once

#include <varve/engine.hpp>
#include <varve/history.hpp>
#include <varve/ledger.hpp>

#include <string>
#include <string_view>
#include <vector>

/// The rows that the runtime writes, as values (docs/ledger.md).
namespace varve::core {

/// A migration's place among the released ones of its history, from 1; 0 for a draft. Lock files only grow, so that it
/// says whether a program without the migration is older or has lost it.
[[nodiscard]] std::int64_t released_position(const migration&);
/// The same, as the row of a migration remembers it.
[[nodiscard]] std::int64_t released_position(const ledger_entry&);

/// Who writes, and why.
struct author {
    std::string applied_by;
    std::string program;
    std::string reason;
};

/// The embedded statements and how they run.
[[nodiscard]] runnable runnable_of(const migration&, direction);

/// `3,auth:5`; empty if it depends on nothing.
[[nodiscard]] std::string depends_text(const migration&);

/// `v:7`, `r:name`, `s:set/name`
[[nodiscard]] std::string slot_of(const migration&);

/// Which of the locked revisions of a repeatable script was run, or was edited from; 0: none was locked.
[[nodiscard]] std::int64_t revision_of(const ledger_entry&);

/// `1:9f86d0...` of a statement's own tokens.
[[nodiscard]] std::string statement_checksum(const digest&);

/// An active, applied row of a migration, with its mark; of a repeatable script or a seed too.
[[nodiscard]] ledger_entry row_for(const migration&, entry_kind, std::int64_t id, const author&);

/// The row of a master file that was run: nothing is pending because of it, so that it has no mark.
[[nodiscard]] ledger_entry schema_row(const migration&, std::int64_t id, const author&);

/// Adds a number to the JSON object in `details`.
void add_detail(ledger_entry&, std::string_view name, std::int64_t value);

/// The row that makes a change of other rows a new revision. `what` is a word: reverted, finished, or of a repair.
[[nodiscard]] ledger_entry event_row(const ledger_entry& about, std::string_view what, std::int64_t id, const author&);

/// Whether a row's checksum is that of a migration written in C++: of a rule over sources (docs/checksum.md).
[[nodiscard]] bool is_of_code(const ledger_entry&);

/// The down of a migration, to be kept with its row: position 0 for what stands around the script, then the statements.
/// Nothing of one written in C++: only a program that contains it can run it.
[[nodiscard]] std::vector<stored_statement> kept_down(const migration&, std::int64_t ledger_id);

/// The statements of a script, to note their progress.
[[nodiscard]] std::vector<stored_statement> progress_rows(const runnable&, direction, std::int64_t ledger_id);

/// A row that is no longer active, as it stays in the ledger.
[[nodiscard]] entry_update retired(const ledger_entry&, entry_state);

}  // namespace varve::core
