#pragma once

#include <inverse/undoing.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// The statement that made an object, to be run again. What is certain to be the same as before it: its own text, if
/// nothing that it names got another name since, and nothing changed the object itself.
struct last_definition {
    std::string why_not;                ///< a sentence; empty: it can be used
    std::vector<std::string> checks;    ///< later statements about the object that its text does not contain
    std::vector<std::string> comments;  ///< COMMENT ON statements to run after it
};

/// Whose definition is wanted.
struct wanted_definition {
    made_by origin;
    object_kind kind = object_kind::other;
    const object_name& object;
    const statement_text& text;  ///< the origin's statement, or the part of it that would be run again
};

[[nodiscard]] last_definition find_last_definition(const undone_statement&, const wanted_definition&);

/// Adds a definition that can be used: what has to be looked at, the statement, its comments.
void run_again(const last_definition&, std::string sql, undo_steps&);

/// The text of a statement with words put behind its token at `index`, or with one token left out.
[[nodiscard]] std::string with_words_behind(const statement_text&, std::size_t index, std::string_view words);
[[nodiscard]] std::string without_token(const statement_text&, std::size_t index);

}  // namespace varve::generator
