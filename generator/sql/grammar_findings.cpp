#include <sql/grammar_findings.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t not_there = std::string_view::npos;

std::string number(int value) { return std::to_string(value); }

bool target_is_newer(const grammar_terms& terms) {
    return terms.options.target_version.value_or(0) > terms.grammar_version;
}

severity level_of(const grammar_terms& terms) {
    const bool may_be_right = target_is_newer(terms) || terms.standing == script_standing::released;
    return may_be_right ? severity::warning : severity::error;
}

/// The words in `at or near "SELEC"`; empty if the message has none.
std::string_view quoted_in(std::string_view message) {
    constexpr std::string_view before = "at or near \"";
    const std::size_t found = message.find(before);
    if (found == not_there || message.back() != '"') return {};
    const std::size_t begin = found + before.size();
    return message.size() > begin + 1 ? message.substr(begin, message.size() - 1 - begin) : std::string_view();
}

std::string hint_for(std::string_view message, const grammar_terms& terms) {
    if (target_is_newer(terms)) {
        return "PG_TARGET_VERSION is " + number(*terms.options.target_version) +
               ", and this varve has the grammar of PostgreSQL " + number(terms.grammar_version) +
               ": newer syntax is not known to it";
    }
    if (terms.standing == script_standing::released) return "it is released and stays as it is: only a warning";
    const std::string_view near = quoted_in(message);
    if (near.starts_with(':')) return "a script has no psql variables: write the value itself";
    if (near == "?") return "a script has no parameters: write the value itself";
    return "this is the grammar of PostgreSQL " + number(terms.grammar_version) +
           "; if the server is newer and knows more, say its PG_TARGET_VERSION in add_db_migrations()";
}

finding syntax_finding(const syntax_failure& failure, const token_reader& statement, const grammar_terms& terms) {
    return {.offset = statement[0].offset + failure.offset,
            .code = "M101",
            .message = failure.message,
            .hint = hint_for(failure.message, terms),
            .level = level_of(terms)};
}

/// The token that is the code: behind AS in a routine, the first literal in a DO block but for LANGUAGE 'plpgsql'.
std::optional<std::size_t> body_token(const token_reader& statement) {
    const bool block = statement.word(0, "do");
    for (std::size_t i = 1; i < statement.size(); ++i) {
        if (statement.quoted(i) && statement.word(i - 1, "as")) return i;
        if (block && statement.quoted(i) && !statement.word(i - 1, "language")) return i;
    }
    return std::nullopt;
}

/// Where the word stands by itself, from an offset on.
std::size_t find_whole(std::string_view text, std::string_view word, std::size_t from) {
    const auto touches = [&](std::size_t at) { return at < text.size() && is_word_byte(text[at]); };
    for (std::size_t at = text.find(word, from); at != not_there; at = text.find(word, at + 1)) {
        const bool begins = !is_word_byte(word.front()) || at == 0 || !touches(at - 1);
        const bool ends = !is_word_byte(word.back()) || !touches(at + word.size());
        if (begins && ends) return at;
    }
    return not_there;
}

std::size_t size_of_opening(std::string_view literal) {
    const bool dollars = literal.front() == '$';
    return literal.find(dollars ? '$' : '\'', dollars ? 1 : 0) + 1;
}

/// Bytes into the literal: the word the message names, or else the line it names.
std::size_t offset_in_body(std::string_view literal, const body_failure& failure) {
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < failure.line; ++line) {
        const std::size_t end = literal.find('\n', begin);
        if (end == not_there) break;
        begin = end + 1;
    }
    const std::string_view near = quoted_in(failure.message);
    const std::size_t found = near.empty() ? not_there : find_whole(literal, near, begin);
    if (found != not_there) return found;
    const std::size_t inside = std::max(begin, size_of_opening(literal));
    const std::size_t text = literal.find_first_not_of(" \t\n", inside);
    return text == not_there ? begin : text;
}

finding body_finding(const body_failure& failure, const token_reader& statement, const grammar_terms& terms) {
    const auto body = body_token(statement);
    const std::size_t offset =
        body ? statement[*body].offset + offset_in_body(statement.text(*body), failure) : statement[0].offset;
    const severity level = failure.certain ? level_of(terms) : severity::warning;
    std::string hint = "if PostgreSQL accepts it, say so before the statement: -- varve: allow M102 and the reason";
    if (failure.certain && level == severity::warning) hint = hint_for(failure.message, terms);
    return {.offset = offset,
            .code = "M102",
            .message = "PL/pgSQL: " + failure.message,
            .hint = std::move(hint),
            .level = level};
}

finding crash_finding(const std::string& crash, const token_reader& statement, const grammar_terms& terms) {
    return {.offset = statement[0].offset,
            .code = "M121",
            .message =
                "the parser of PostgreSQL " + number(terms.grammar_version) + " crashed over this statement: " + crash,
            .hint = "it is checked by its tokens only; a statement that is nested less deeply may help",
            .level = severity::warning};
}

}  // namespace

bool is_grammar_code(std::string_view code) { return code == "M101" || code == "M102" || code == "M121"; }

std::vector<finding> grammar_findings(const parsed_statement& parsed, const token_reader& statement,
                                      const grammar_terms& terms) {
    std::vector<finding> found;
    if (parsed.failure) found.push_back(syntax_finding(*parsed.failure, statement, terms));
    if (parsed.body) found.push_back(body_finding(*parsed.body, statement, terms));
    if (!parsed.crash.empty()) found.push_back(crash_finding(parsed.crash, statement, terms));
    return found;
}

}  // namespace varve::generator
