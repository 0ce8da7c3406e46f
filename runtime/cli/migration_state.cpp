#include "migration_state.hpp"

#include "plain_text.hpp"

namespace varve::cli {
namespace {

displayed_state without_draft_mark(const migration_status& of) {
    if (of.trouble) return {words_of(to_string(of.trouble->kind)), tint::bad};
    if (of.entry && of.entry->state != entry_state::applied) return {"half done", tint::bad};
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
    return state;
}

}  // namespace varve::cli
