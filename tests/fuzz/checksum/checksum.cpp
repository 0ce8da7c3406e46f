#include <fuzz/any_choice.hpp>
#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <source/text_file.hpp>
#include <sql/checksum.hpp>

#include <array>
#include <string>
#include <vector>

namespace varve::fuzz {
namespace {

using namespace varve::generator;

digest checksum_of(std::string_view text, const lexed& found, engine_kind dialect) {
    return token_checksum(text, found.tokens, dialect);
}

/// What rule 1 says counts, written down a second time: the tokens, `;` only between two others, and whether a literal
/// goes on with the one before it.
std::vector<std::string> what_counts(std::string_view text, const lexed& found) {
    std::vector<std::string> counted;
    bool semicolon = false;
    for (const token& each : found.tokens) {
        const std::string_view word = text_of(text, each);
        if (word == ";") {
            semicolon = true;
            continue;
        }
        if (semicolon && !counted.empty()) counted.emplace_back(";");
        semicolon = false;
        counted.push_back((each.continues_literal ? "\n" : "") + std::string(word));
    }
    return counted;
}

/// Between two of PostgreSQL's literals the line ends decide; what may stand there keeps what was there.
std::string_view other_space(std::string_view text, std::size_t end, const token& next, engine_kind dialect,
                             any_choice& any) {
    static constexpr std::array<std::string_view, 5> edits{" ", "\t\f", " -- it's \"$a$\n ", "/* ' -- */ ", "\n"};
    const bool literals = end > 0 && text[end - 1] == '\'' && text[next.offset] == '\'';
    if (!literals || dialect == engine_kind::sqlite) return edits[any.below(edits.size())];
    return next.continues_literal ? " -- x\n\n" : " /* x */ ";
}

/// The same tokens in another dress: other space and comments wherever there were some, and at both ends.
std::string reformatted(std::string_view text, const lexed& found, engine_kind dialect, any_choice& any) {
    std::string result = any.below(2) == 0 ? "-- varve: description x\n" : "/* \" */";
    std::size_t end = 0;
    for (const token& each : found.tokens) {
        if (each.offset > end) result += other_space(text, end, each, dialect, any);
        result += text_of(text, each);
        end = each.end();
    }
    return result + (any.below(2) == 0 ? " ;\n;-- end" : "\n");
}

std::string with_windows_line_ends(std::string_view text) {
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return windows;
}

void dress_does_not_count(std::string_view text, const lexed& found, engine_kind dialect, any_choice& any) {
    // CR CR LF in a file is CR LF in its text, and to write that as a file again would drop the CR.
    if (text.find("\r\n") != std::string_view::npos) return;
    const std::string other = reformatted(text, found, dialect, any);
    for (const std::string& bytes : {other, with_windows_line_ends(other), "\xEF\xBB\xBF" + other}) {
        const text_file file("fuzzed.sql", bytes);
        const lexed again = lex(file.text(), dialect);
        promise(again.errors.empty(), "reformatted, it is not understood");
        promise(checksum_of(file.text(), again, dialect) == checksum_of(text, found, dialect),
                "reformatted, it has another checksum");
    }
}

/// Drops, doubles or changes a few bytes of one token.
std::string edited(std::string_view text, const lexed& found, any_choice& any) {
    static constexpr std::string_view bytes = "a1_ '\"$;.-+=*/(\n";
    std::string result(text);
    const token& chosen = found.tokens[any.below(found.tokens.size())];
    const std::size_t at = chosen.offset + any.below(chosen.size);
    switch (any.below(4)) {
        case 0:
            return result.erase(chosen.offset, chosen.size);
        case 1:
            return result.insert(chosen.end(), " " + std::string(text_of(text, chosen)));
        case 2:
            result[at] = bytes[any.below(bytes.size())];
            return result;
        default:
            return result.insert(at, 1, bytes[any.below(bytes.size())]);
    }
}

void an_edit_counts_if_a_token_changed(std::string_view text, const lexed& found, engine_kind dialect,
                                       any_choice& any) {
    if (found.tokens.empty()) return;
    const std::string other = edited(text, found, any);
    const lexed again = lex(other, dialect);
    if (!again.errors.empty()) return;
    const bool same_tokens = what_counts(text, found) == what_counts(other, again);
    const bool same_checksum = checksum_of(text, found, dialect) == checksum_of(other, again, dialect);
    promise(same_tokens || !same_checksum, "an edit that counts keeps the checksum");
    promise(!same_tokens || same_checksum, "an edit that does not count changes the checksum");
}

void a_written_checksum_is_read_back(std::string_view bytes) {
    const std::optional<varve::checksum> read = parse_checksum(bytes);
    promise(!read || to_string(*read) == bytes, "a checksum can be written in two ways");
    const varve::checksum own{.rule = 1, .value = sha256(bytes)};
    promise(parse_checksum(to_string(own)) == own, "a written checksum is not read back");
}

}  // namespace

void checksum(std::string_view bytes) {
    a_written_checksum_is_read_back(bytes);
    const text_file file("fuzzed.sql", bytes);
    any_choice any(bytes);
    for (const engine_kind dialect : {engine_kind::postgresql, engine_kind::sqlite}) {
        const lexed found = lex(file.text(), dialect);
        if (!found.errors.empty()) continue;
        dress_does_not_count(file.text(), found, dialect, any);
        for (int i = 0; i < 8; ++i) an_edit_counts_if_a_token_changed(file.text(), found, dialect, any);
    }
}

}  // namespace varve::fuzz
