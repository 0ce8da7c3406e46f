#include "migration_state.hpp"

#include "plain_text.hpp"

namespace varve::cli {
namespace {

/// `half done, 3 of 5`
std::string progress_text(const ledger_entry& of) {
    const auto* const word = of.state == entry_state::reverting ? "half reverted" : "half done";
    return joined({word, ", ", of.statements_done, " of ", of.statements_total});
}

displayed_state without_draft_mark(const migration_status& of) {
    const bool unfinished = of.entry && of.entry->state != entry_state::applied;
    const bool only_unfinished = !of.trouble || of.trouble->kind == problem_kind::half_done;
    if (unfinished && only_unfinished) return {progress_text(*of.entry), tint::bad};
    if (of.trouble) return {words_of(to_string(of.trouble->kind)), tint::bad};
    if (!of.applied) return {"pending", tint::waiting};
    if (!of.embedded) return {"not in this program", tint::waiting};
    if (of.entry && of.entry->kind == entry_kind::baseline) return {"baseline", tint::good};
    if (of.entry && of.entry->kind == entry_kind::skip) return {"skipped", tint::good};
    return {"applied", tint::good};
}

}  // namespace

displayed_state state_of(const migration_status& of) {
    displayed_state state = without_draft_mark(of);
    const bool says_so = of.trouble && of.trouble->kind == problem_kind::edited_draft;
    if (of.embedded && !of.released && !says_so) state.text += ", draft";
    if (of.breaks_older) state.text += ", breaks older";
    return state;
}

}  // namespace varve::cli
