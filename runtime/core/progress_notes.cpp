#include "progress_notes.hpp"

#include "actions.hpp"
#include "raise.hpp"

#include <utility>

namespace varve::core {
namespace {

using namespace std::chrono_literals;

// Something was run already: giving up early would leave it unknown whether, and so would being stopped.
constexpr std::chrono::milliseconds patience_with_a_note = 10s;

}  // namespace

void progress_notes::expect(std::size_t index, statement_state state) {
    expected_ = statement_update{
        .ledger_id = ledger_id_, .which = which_, .position = static_cast<std::int32_t>(index) + 1, .state = state};
}

bool progress_notes::intend(std::size_t index) {
    ledger_change change;
    change.progress.push_back({.ledger_id = ledger_id_,
                               .which = which_,
                               .position = static_cast<std::int32_t>(index) + 1,
                               .state = statement_state::intended});
    return record(std::move(change), any_written_ ? if_moved::go_on : if_moved::plan_again);
}

bool progress_notes::record(ledger_change change, if_moved how, transaction_code code) {
    if (expected_) change.progress.push_back(*expected_);
    action wanted{.script = {}, .change = std::move(change), .after = std::move(code)};
    const std::stop_token never;
    patience waiting(run_.database, run_.told, never, patience_with_a_note);
    for (;;) {
        const outcome result = perform(wanted);
        if (result == outcome::done) break;
        if (result == outcome::locked) waiting.wait();
        if (result == outcome::moved && how == if_moved::plan_again) {
            run_.waiting.plan_again();
            return false;
        }
        if (result == outcome::moved) check_still_ours();
        for (auto& row : wanted.change.inserts) row.id = run_.revision.value_or(0) + 1;
    }
    if (!wanted.change.inserts.empty()) run_.revision = wanted.change.inserts.back().id;
    expected_.reset();
    any_written_ = true;
    return true;
}

// A note whose answer was lost is looked for in the ledger, and written once more if it is not there.
outcome progress_notes::perform(const action& wanted) {
    silent_progress nobody;
    const batch note{.expected_revision = run_.revision, .actions = std::span(&wanted, 1)};
    try {
        return run_.database.perform(note, nobody);
    } catch (const error& failure) {
        const fate found = fate_of(run_, failure, note.actions);
        if (found == fate::kept) return outcome::done;
        if (found == fate::moved) return outcome::moved;
        if (found == fate::unknown || failure.code() == error_code::statement_failed) throw;
    }
    return run_.database.perform(note, nobody);
}

void progress_notes::check_still_ours() {
    const auto now = run_.database.read(engine::rows::active);
    const ledger_entry* row = row_with(now, ledger_id_);
    if (row == nullptr || !row->active()) {
        raise(error_code::diverged, {"another process changed the ledger's row of a script while it ran"},
              "`status` says how far it is; let one process at a time migrate this database");
    }
    run_.revision = now.revision;
}

void progress_notes::note_quietly() noexcept {
    if (!expected_) return;
    try {
        record({}, if_moved::go_on);
    } catch (...) {  // NOLINT(bugprone-empty-catch): the first failure is the one to report
        expected_.reset();
    }
}

}  // namespace varve::core
