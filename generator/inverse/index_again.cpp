#include <inverse/index_again.hpp>

#include <inverse/last_definition.hpp>

#include <optional>
#include <variant>

namespace varve::generator {
namespace {

/// `CREATE [UNIQUE] INDEX CONCURRENTLY`: where INDEX stands.
std::size_t index_word(const statement_text& text) { return text.tokens().word(1, "unique") ? 2 : 1; }

std::string in_mode(const statement_text& text, index_mode mode) {
    const std::size_t at = index_word(text);
    const bool is_concurrent = text.tokens().word(at + 1, "concurrently");
    if (mode == index_mode::concurrently && !is_concurrent) return with_words_behind(text, at, "CONCURRENTLY");
    if (mode == index_mode::in_transaction && is_concurrent) return without_token(text, at + 1);
    return text.text(0, text.size());
}

}  // namespace

std::string build_again(const undone_statement& statement, const known_index& known, index_mode mode,
                        undo_steps& steps) {
    const past& history = statement.history;
    const std::string place = history.place(known.origin);
    if (!std::holds_alternative<create_index>(history.change_of(known.origin))) {
        return "it came with another statement, " + place;
    }
    const statement_text text = history.text(known.origin);
    const last_definition found =
        find_last_definition(statement, {known.origin, object_kind::index, known.definition.index, text});
    if (!found.why_not.empty()) return found.why_not;
    if (known.definition.unique) steps.mark(inverse_line_kind::may_fail, "rows with equal keys");
    if (mode == index_mode::concurrently) {
        steps.run_outside_transaction(in_mode(text, mode));
    } else {
        run_again(found, in_mode(text, mode), steps);
    }
    return {};
}

}  // namespace varve::generator
