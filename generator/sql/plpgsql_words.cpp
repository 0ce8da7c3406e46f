#include <sql/plpgsql_words.hpp>

#include <sql/statement.hpp>

#include <string_view>

namespace varve::generator {
namespace {

bool is_in_plpgsql(const token_reader& statement) {
    const auto language = statement.find_word("language");
    if (language) return statement.plain(*language + 1) == "plpgsql";
    return statement.word(0, "do");
}

bool ends_transaction(std::string_view body) {
    const lexed cut = lex(body, engine_kind::postgresql);
    const token_reader tokens(body, cut.tokens);
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
        if (!tokens.any_word(i, {"commit", "rollback"})) continue;
        const bool begins = tokens.any_word(i - 1, {"begin", "then", "else", "loop"}) || tokens.symbol(i - 1, ";") ||
                            tokens.symbol(i - 1, ">>");
        if (begins && (tokens.symbol(i + 1, ";") || tokens.word(i + 1, "and"))) return true;
    }
    return false;
}

/// What stands between `$tag$` and `$tag$`; empty for another literal.
std::string_view between_dollars(std::string_view literal) {
    if (literal.empty() || literal.front() != '$') return {};
    const std::size_t tag = literal.find('$', 1) + 1;
    return literal.substr(tag, literal.size() - 2 * tag);
}

}  // namespace

bool body_words_end_transaction(const token_reader& statement) {
    const bool block = statement.word(0, "do");
    if (!block && !(creates_routine(statement, 0) && statement.find_word("procedure"))) return false;
    if (!is_in_plpgsql(statement)) return false;
    for (std::size_t i = 1; i < statement.size(); ++i) {
        if (statement.quoted(i) && ends_transaction(between_dollars(statement.text(i)))) return true;
    }
    return false;
}

}  // namespace varve::generator
