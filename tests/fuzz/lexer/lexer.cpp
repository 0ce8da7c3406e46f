#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <source/text_file.hpp>
#include <sql/lexer.hpp>

#include <algorithm>
#include <vector>

namespace varve::fuzz {
namespace {

using namespace varve::generator;

struct piece {
    std::size_t offset = 0;
    std::size_t end = 0;
};

std::vector<piece> pieces_of(const lexed& found) {
    std::vector<piece> pieces;
    for (const token& each : found.tokens) pieces.push_back({each.offset, each.end()});
    for (const comment& each : found.comments) pieces.push_back({each.offset, each.offset + each.size});
    std::sort(pieces.begin(), pieces.end(), [](const piece& a, const piece& b) { return a.offset < b.offset; });
    return pieces;
}

bool stops(const lex_error& error) { return error.kind != lex_error_kind::backslash; }

bool is_gap(char c) { return std::string_view(" \t\n\f\v").find(c) != std::string_view::npos; }

/// Where the bytes of no piece end that begin at `at`: one byte of space, or the line of a psql meta-command. What the
/// lexer stopped at may stand inside the last piece: a carriage return in a comment, a variable in a word.
std::size_t skip_gap(std::string_view text, std::size_t at, std::size_t last_piece, const lexed& found) {
    if (is_gap(text[at])) return at + 1;
    const auto error = std::find_if(found.errors.begin(), found.errors.end(),
                                    [at](const lex_error& each) { return !stops(each) && each.offset == at; });
    if (error != found.errors.end()) return std::min(text.find('\n', at), text.size());
    const bool stopped = std::any_of(found.errors.begin(), found.errors.end(), [last_piece](const lex_error& each) {
        return stops(each) && each.offset >= last_piece;
    });
    promise(stopped, "a byte is in no token, in no comment, and is not space");
    return text.size();
}

void pieces_joined_are_the_text(std::string_view text, const lexed& found) {
    std::size_t at = 0;
    std::size_t last_piece = 0;
    for (const piece& each : pieces_of(found)) {
        promise(each.end > each.offset && each.end <= text.size(), "a piece is empty or outside");
        promise(each.offset >= at, "pieces overlap");
        while (at < each.offset) {
            at = skip_gap(text, at, last_piece, found);
            promise(at <= each.offset, "a piece begins where the lexer had stopped");
        }
        at = each.end;
        last_piece = each.offset;
    }
    while (at < text.size()) at = skip_gap(text, at, last_piece, found);
}

void errors_are_in_the_text_and_in_order(std::string_view text, const lexed& found) {
    for (std::size_t i = 0; i < found.errors.size(); ++i) {
        promise(found.errors[i].offset < text.size(), "an error outside the text");
        if (i > 0) promise(found.errors[i - 1].offset <= found.errors[i].offset, "errors are not in order");
        if (i + 1 < found.errors.size() && stops(found.errors[i]))
            promise(!stops(found.errors[i + 1]) || found.errors[i].kind == lex_error_kind::lone_carriage_return,
                    "the lexer went on where it cannot");
    }
}

void line_ends_between_tokens_are_known(std::string_view text, const lexed& found) {
    std::size_t end = 0;
    for (const token& each : found.tokens) {
        const bool line_end = text.substr(end, each.offset - end).find('\n') != std::string_view::npos;
        promise(each.newline_before == line_end, "newline_before says something else than the text");
        promise(!each.continues_literal || (line_end && text[end - 1] == '\'' && text[each.offset] == '\''),
                "a literal goes on with what is no literal");
        end = each.end();
    }
}

/// Nothing but the continuation of an escaped literal depends on what stands before it.
void a_token_alone_is_the_same_token(std::string_view text, const lexed& found, engine_kind dialect) {
    for (const token& each : found.tokens) {
        if (each.continues_literal) continue;
        const lexed alone = lex(text_of(text, each), dialect);
        promise(alone.errors.empty() && alone.comments.empty(), "a token alone is not understood");
        promise(alone.tokens.size() == 1, "a token alone is not one token");
        promise(alone.tokens.front().size == each.size && alone.tokens.front().kind == each.kind,
                "a token alone is another token");
    }
}

void check(std::string_view text, engine_kind dialect) {
    const lexed found = lex(text, dialect);
    pieces_joined_are_the_text(text, found);
    errors_are_in_the_text_and_in_order(text, found);
    line_ends_between_tokens_are_known(text, found);
    a_token_alone_is_the_same_token(text, found, dialect);
}

}  // namespace

void lexer(std::string_view bytes) {
    const text_file file("fuzzed.sql", bytes);
    for (const engine_kind dialect : {engine_kind::postgresql, engine_kind::sqlite}) {
        check(bytes, dialect);
        check(file.text(), dialect);
    }
}

}  // namespace varve::fuzz
