#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <source/text_file.hpp>
#include <sql/classify.hpp>
#include <sql/statement.hpp>

#include <optional>
#include <string>
#include <vector>

namespace varve::fuzz {
namespace {

using namespace varve::generator;

std::vector<std::string_view> words_of(std::string_view text, std::span<const token> tokens) {
    std::vector<std::string_view> words;
    words.reserve(tokens.size());
    for (const token& each : tokens) words.push_back(text_of(text, each));
    return words;
}

std::span<const token> tokens_of(const lexed& found, const sql_statement& cut) {
    return std::span(found.tokens).subspan(cut.first_token, cut.token_count);
}

std::string_view text_of_statement(std::string_view text, std::span<const token> tokens) {
    return text.substr(tokens.front().offset, tokens.back().end() - tokens.front().offset);
}

/// In order, apart from each other, and nothing but `;` outside.
void statements_cover_the_tokens(std::string_view text, const lexed& found, std::span<const sql_statement> statements) {
    std::size_t next = 0;
    const auto only_semicolons_before = [&](std::size_t index) {
        for (; next < index; ++next) promise(text_of(text, found.tokens[next]) == ";", "a token is in no statement");
    };
    for (const sql_statement& each : statements) {
        promise(each.token_count > 0, "an empty statement");
        promise(each.first_token >= next, "statements overlap or are not in order");
        only_semicolons_before(each.first_token);
        next += each.token_count;
        promise(next <= found.tokens.size(), "a statement ends behind the text");
    }
    only_semicolons_before(found.tokens.size());
}

void a_statement_alone_is_the_same_statement(std::string_view text, const lexed& found, const sql_statement& cut_out,
                                             engine_kind dialect) {
    const std::span<const token> tokens = tokens_of(found, cut_out);
    const std::string_view alone = text_of_statement(text, tokens);
    const lexed again = lex(alone, dialect);
    promise(again.errors.empty(), "a statement alone is not understood");
    promise(words_of(alone, again.tokens) == words_of(text, tokens), "a statement alone has other tokens");
    promise(cut(alone, again.tokens, dialect).size() == 1, "a statement alone is not one statement");
}

void joined_again_they_are_the_same_statements(std::string_view text, const lexed& found,
                                               std::span<const sql_statement> statements, engine_kind dialect) {
    std::string joined;
    for (const sql_statement& each : statements) {
        joined += joined.empty() ? "" : " ;\n";
        joined += text_of_statement(text, tokens_of(found, each));
    }
    const lexed again = lex(joined, dialect);
    const std::vector<sql_statement> cut_again = cut(joined, again.tokens, dialect);
    promise(cut_again.size() == statements.size(), "joined statements are cut elsewhere");
    for (std::size_t i = 0; i < statements.size(); ++i)
        promise(words_of(joined, tokens_of(again, cut_again[i])) == words_of(text, tokens_of(found, statements[i])),
                "joined statements are others");
}

/// What is embedded is a part of what was cut: nothing is run that no statement says.
void classified_statements_are_cut_statements(const text_file& file, const lexed& found,
                                              std::span<const sql_statement> statements, engine_kind dialect) {
    diagnostics said;
    const classify_terms terms{.dialect = dialect, .grammar = {.use = grammar_use::tokens_only}};
    known_objects nothing;
    const classified_script script = classify(file, found, terms, nothing, said);
    auto next = statements.begin();
    for (const classified_statement& each : script.statements) {
        while (next != statements.end() && next->first_token != each.tokens.first_token) ++next;
        promise(next != statements.end(), "a classified statement was not cut");
        promise(next->token_count == each.tokens.token_count, "a classified statement is longer or shorter");
        const std::string_view text = text_of_statement(file.text(), tokens_of(found, *next));
        promise(file.text().substr(each.offset, each.size) == text, "a classified statement has another text");
        ++next;
    }
    if (!found.errors.empty()) promise(said.any_errors(), "what is no SQL was not reported");
}

void check(const text_file& file, engine_kind dialect) {
    const std::string_view text = file.text();
    const lexed found = lex(text, dialect);
    const std::vector<sql_statement> statements = cut(text, found.tokens, dialect);
    statements_cover_the_tokens(text, found, statements);
    classified_statements_are_cut_statements(file, found, statements, dialect);
    if (!found.errors.empty()) return;
    for (const sql_statement& each : statements) a_statement_alone_is_the_same_statement(text, found, each, dialect);
    joined_again_they_are_the_same_statements(text, found, statements, dialect);
}

}  // namespace

void splitter(std::string_view bytes) {
    const text_file file("fuzzed.sql", bytes);
    check(file, engine_kind::postgresql);
    check(file, engine_kind::sqlite);
}

}  // namespace varve::fuzz
