#include <inverse/undoing.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// COMMENT ON, GRANT and REVOKE: undone by their own words.
namespace varve::generator {
namespace {

/// Where a word stands outside parentheses; the end if it does not.
std::size_t find_outside(const statement_text& text, std::string_view word, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && !text.tokens().word(at, word)) {
        at = text.tokens().symbol(at, "(") ? text.behind_parentheses(at) : at + 1;
    }
    return at;
}

/// The same words and names, however they are written.
bool equal(const statement_text& left, std::size_t left_begin, std::size_t left_end, const statement_text& right,
           std::size_t right_begin) {
    for (std::size_t i = 0; left_begin + i < left_end; ++i) {
        if (left.name(left_begin + i) != right.name(right_begin + i)) return false;
    }
    return true;
}

/// `COMMENT ON <object> IS <text>`: the tokens of the object.
struct commented {
    std::size_t begin = 2;
    std::size_t end = 0;
};
commented commented_in(const statement_text& text) { return {2, find_outside(text, "is", 2)}; }

/// `GRANT <what> TO <whom>`, `REVOKE <what> FROM <whom>`.
struct privilege_words {
    std::size_t preposition = 0;  ///< TO or FROM
    std::size_t end = 0;          ///< behind whom
};

std::optional<privilege_words> privileges_in(const statement_text& text) {
    const bool grants = text.tokens().word(0, "grant");
    if (!grants && !text.tokens().word(0, "revoke")) return std::nullopt;
    const std::size_t preposition = find_outside(text, grants ? "to" : "from", 1);
    std::size_t end = preposition;
    while (end < text.size() && !text.tokens().any_word(end, {"with", "granted", "cascade", "restrict"})) ++end;
    if (preposition >= text.size() || text.tokens().any_word(end, {"granted", "cascade"})) return std::nullopt;
    return privilege_words{preposition, end};
}

/// Any name of the one is in the other: they may be about the same thing.
bool overlap(const statement_text& left, const privilege_words& words, const statement_text& right) {
    bool whom = false;
    for (std::size_t i = words.preposition + 1; i < words.end; ++i) {
        whom = whom || (left.is_name(i) && names(right, left.name(i)));
    }
    if (!whom) return false;
    const std::size_t on = find_outside(left, "on", 1);
    if (on >= words.preposition) return true;  // roles
    if (right.tokens().words(find_outside(right, "all", 1), {"all", "tables"})) return true;
    for (std::size_t i = on + 1; i < words.preposition; ++i) {
        const bool is_name = left.is_name(i) && !left.tokens().any_word(i, {"all", "in", "schema", "table", "tables"});
        if (is_name && names(right, left.name(i))) return true;
    }
    return false;
}

bool is_opposite(const statement_text& revoke, const privilege_words& words, const statement_text& grant) {
    const auto other = privileges_in(grant);
    if (!other || !grant.tokens().word(0, "grant")) return false;
    return other->preposition == words.preposition && other->end == words.end && grant.size() == words.end &&
           equal(revoke, 1, words.preposition, grant, 1) &&
           equal(revoke, words.preposition + 1, words.end, grant, words.preposition + 1);
}

void undo_grant(const undone_statement& statement, const privilege_words& words, undo_steps& steps) {
    const past& history = statement.history;
    const statement_text text = history.text(statement.at);
    const auto earlier = history.newest_before(statement.at, [&](const made_by& at) {
        return std::holds_alternative<change_privileges>(history.change_of(at)) &&
               overlap(text, words, history.text(at));
    });
    if (earlier) {
        steps.refuse(shown_statement(text), "part of it may have been granted before: " + history.place(*earlier));
        return;
    }
    steps.run("REVOKE " + text.text(1, words.preposition) + " FROM " + text.text(words.preposition + 1, words.end));
}

void undo_revoke(const undone_statement& statement, const privilege_words& words, undo_steps& steps) {
    const past& history = statement.history;
    const statement_text text = history.text(statement.at);
    const auto earlier = history.newest_before(statement.at, [&](const made_by& at) {
        return std::holds_alternative<change_privileges>(history.change_of(at)) &&
               overlap(text, words, history.text(at));
    });
    if (earlier && is_opposite(text, words, history.text(*earlier))) {
        const statement_text grant = history.text(*earlier);
        steps.run(grant.text(0, grant.size()));
        return;
    }
    steps.refuse(shown_statement(text), "no migration before grants exactly this");
}

}  // namespace

void undo(const undone_statement& statement, const comment_on& comment, undo_steps& steps) {
    const bool goes_with_its_table = comment.kind == object_kind::table && statement.is_new(comment.object);
    if (goes_with_its_table) return;
    steps.begin(statement.change.offset);
    const past& history = statement.history;
    const statement_text text = history.text(statement.at);
    const commented object = commented_in(text);
    const auto earlier = history.newest_before(statement.at, [&](const made_by& at) {
        if (!std::holds_alternative<comment_on>(history.change_of(at))) return false;
        const statement_text other = history.text(at);
        return commented_in(other).end == object.end && equal(text, object.begin, object.end, other, object.begin);
    });
    if (earlier) {
        const statement_text last = history.text(*earlier);
        steps.run(last.text(0, last.size()));
    } else {
        steps.run(text.text(0, object.end) + " IS NULL");
    }
}

void undo(const undone_statement& statement, const change_privileges&, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const statement_text text = statement.history.text(statement.at);
    const auto words = privileges_in(text);
    if (!words) {
        steps.refuse(shown_statement(text), "varve does not know how it is undone");
    } else if (text.tokens().word(0, "grant")) {
        undo_grant(statement, *words, steps);
    } else {
        undo_revoke(statement, *words, steps);
    }
}

}  // namespace varve::generator
