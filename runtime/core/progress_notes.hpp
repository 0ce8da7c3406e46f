#pragma once

#include "run.hpp"

#include <optional>
#include <vector>

namespace varve::core {

/// Writes the progress of one script without a transaction to the ledger, each note in a transaction of its own.
class progress_notes {
public:
    progress_notes(run& of, direction which) : run_(of), which_(which) {}

    /// The row that the notes are about.
    void begin(std::int64_t ledger_id) { ledger_id_ = ledger_id; }

    enum class if_moved : std::uint8_t {
        plan_again,  ///< nothing was run yet
        go_on        ///< something was run: it must be noted as long as the row is ours
    };
    /// Writes a change together with what is expected to be noted, and runs code in the same transaction. False if a
    /// new plan has to be made.
    bool record(ledger_change, if_moved, transaction_code = {});

    /// Notes that a statement (counted from 0) is about to be run, and whatever was expected.
    bool intend(std::size_t index);

    /// What will be true of a statement if nothing else happens: written with the next note, or by `note_quietly`.
    void expect(std::size_t index, statement_state);
    void forget() { expected_.reset(); }

    /// On the way out of an exception: writes what is expected; if even that fails, the statement stays `intended`.
    void note_quietly() noexcept;

private:
    outcome perform(const action&);
    void check_still_ours();

    run& run_;
    direction which_;
    std::int64_t ledger_id_ = 0;
    std::optional<statement_update> expected_;
    bool any_written_ = false;
};

}  // namespace varve::core
