#include <sql/transaction_control.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <string>

namespace varve::generator {
namespace {

/// Nothing more than `TRANSACTION`, or PostgreSQL's `WORK`, may follow in a plain BEGIN or COMMIT.
bool ends_plainly(const token_reader& tokens, std::size_t index, engine_kind dialect) {
    const bool word =
        tokens.word(index, "transaction") || (dialect == engine_kind::postgresql && tokens.word(index, "work"));
    return index + (word ? 1 : 0) == tokens.size();
}

bool is_plain_begin(const token_reader& tokens, engine_kind dialect) {
    if (tokens.words(0, {"start", "transaction"})) return tokens.size() == 2;
    // varve begins with IMMEDIATE itself, so neither of the two asks for anything else.
    const bool kind = dialect == engine_kind::sqlite && tokens.any_word(1, {"deferred", "immediate"});
    return tokens.word(0, "begin") && ends_plainly(tokens, kind ? 2 : 1, dialect);
}

bool is_plain_commit(const token_reader& tokens, engine_kind dialect) {
    return tokens.any_word(0, {"commit", "end"}) && ends_plainly(tokens, 1, dialect);
}

/// A statement prepared under the name `transaction` is none of this kind.
bool prepares_transaction(const token_reader& tokens) {
    return tokens.words(0, {"prepare", "transaction"}) && tokens.quoted(2);
}

bool controls_transaction(const token_reader& tokens, engine_kind dialect) {
    if (tokens.any_word(0, {"begin", "commit", "end", "rollback", "savepoint", "release"})) return true;
    if (dialect == engine_kind::sqlite) return false;
    return tokens.word(0, "abort") || tokens.words(0, {"start", "transaction"}) || prepares_transaction(tokens);
}

/// The words that say what it does: `ROLLBACK TO`, `COMMIT PREPARED`.
std::string shown(const token_reader& tokens) {
    const bool two = tokens.any_word(1, {"prepared", "to"}) || tokens.any_word(0, {"start", "prepare"});
    std::string result = tokens.plain(0) + (two ? ' ' + tokens.plain(1) : std::string());
    std::transform(result.begin(), result.end(), result.begin(), to_upper);
    return result;
}

std::string_view hint_for(const token_reader& tokens) {
    if (tokens.any_word(0, {"begin", "start", "commit", "end"}) && !tokens.word(1, "prepared")) {
        return "remove it: varve begins and ends the transaction of a script. Only a plain BEGIN as the first "
               "statement "
               "with\na plain COMMIT as the last is taken off; what must be committed on its own is a migration of its "
               "own";
    }
    if (tokens.any_word(0, {"savepoint", "release"}) || tokens.word(1, "to")) {
        return "remove it: a script is applied as a whole or not at all. To survive an error, PostgreSQL has the\n"
               "EXCEPTION part of a DO block, SQLite has INSERT OR IGNORE";
    }
    if (tokens.word(0, "prepare") || tokens.word(1, "prepared")) {
        return "remove it: a transaction that outlives its session cannot be part of a migration";
    }
    return "remove it: a script that must not be applied should fail";
}

}  // namespace

transaction_control control_of(const token_reader& tokens, engine_kind dialect) {
    if (!controls_transaction(tokens, dialect)) return transaction_control::none;
    if (is_plain_begin(tokens, dialect)) return transaction_control::plain_begin;
    if (is_plain_commit(tokens, dialect)) return transaction_control::plain_commit;
    return transaction_control::other;
}

finding explain_control(const token_reader& tokens) {
    return {.offset = tokens[0].offset,
            .code = "M105",
            .message = shown(tokens) + " is transaction control, which a script cannot do",
            .hint = std::string(hint_for(tokens))};
}

}  // namespace varve::generator
