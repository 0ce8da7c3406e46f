// Random texts of tricky fragments: what must hold for every text, whatever it says. The seed is fixed.
#include <source/text_file.hpp>
#include <sql/checksum.hpp>
#include <sql/classify.hpp>
#include <sql/statement.hpp>

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

constexpr std::array fragments{
    "'",
    "'",
    "'",
    "\"",
    "`",
    "[",
    "]",
    "$",
    "$",
    "-",
    "--",
    "/*",
    "*/",
    "/",
    "*",
    "\n",
    "\n",
    " ",
    " ",
    "\t",
    "e",
    "E'",
    "u&",
    "U&\"",
    "x'",
    "n",
    "b",
    "0",
    "1e",
    "0x",
    ".",
    "..",
    "_",
    ":",
    "=",
    "<",
    "|",
    "@",
    "#",
    "?",
    "+",
    "a",
    "(",
    ")",
    ";",
    ";",
    ",",
    "'a'",
    "$$",
    "$a$",
    "$1",
    "\\",
    "||",
    "!",
    "~",
    "\xC3\xA9",
    "${a}",
    "${",
    "}",
    "{",
    "\r",
    "\r\n",
    "'b'",
    "begin",
    "END",
    "case",
    "create ",
    "trigger ",
    "atomic ",
    "function ",
    "pragma",
    "foreign_keys",
    "=on;",
    "copy ",
    "from ",
    "stdin",
    "commit",
    "'\n'",
    " as ",
    "vacuum",
    "\x01",
    "\xE2\x82",
    "\xEF\xBB\xBF",
};

class random_text {
public:
    explicit random_text(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string next() {
        std::string text;
        const std::size_t length = 1 + below(14);
        for (std::size_t i = 0; i < length; ++i) text += fragments[below(fragments.size())];
        return text;
    }

private:
    std::mt19937 random_;
};

constexpr std::array dialects{engine_kind::postgresql, engine_kind::sqlite};

digest checksum_of(std::string_view text, engine_kind dialect) {
    return token_checksum(text, lex(text, dialect).tokens, dialect);
}

/// What rule 1 hashes, kept readable: two texts with the same tokens have the same.
std::string token_sequence(std::string_view text, const lexed& cut) {
    std::string sequence;
    for (const token& each : cut.tokens) {
        sequence += each.continues_literal ? "\n" : "";
        sequence += text_of(text, each);
        sequence += '\0';
    }
    return sequence;
}

/// Empty, or why what lies between two tokens is neither space nor a comment.
std::string wrong_between_tokens(std::string_view text, const lexed& cut) {
    std::string covered(text.size(), ' ');
    std::size_t end = 0;
    for (const token& each : cut.tokens) {
        if (each.size == 0) return "an empty token";
        if (each.offset < end || each.end() > text.size()) return "tokens overlap or lie outside";
        end = each.end();
        covered.replace(each.offset, each.size, each.size, 't');
    }
    for (const comment& each : cut.comments) {
        if (each.offset + each.size > text.size()) return "a comment lies outside";
        if (covered.substr(each.offset, each.size).find('t') != std::string::npos) return "a comment in a token";
        covered.replace(each.offset, each.size, each.size, 'c');
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool space = std::string_view(" \t\n\f\v").find(text[i]) != std::string_view::npos;
        if (covered[i] == ' ' && !space && cut.errors.empty()) return "a byte that is in no token and no comment";
    }
    return {};
}

TEST(LexerFuzz, EveryByteOfATextIsInATokenACommentOrSpace) {
    random_text texts(1);
    for (int i = 0; i < 20000; ++i) {
        const std::string text = texts.next();
        for (const engine_kind dialect : dialects)
            ASSERT_EQ(wrong_between_tokens(text, lex(text, dialect)), "") << text;
    }
}

TEST(LexerFuzz, EqualChecksumsMeanEqualTokens) {
    random_text texts(2);
    std::array<std::map<std::array<std::uint64_t, 4>, std::string>, 2> seen;
    for (int i = 0; i < 15000; ++i) {
        std::string text = texts.next();
        text.resize(std::min<std::size_t>(text.size(), 8));
        std::erase(text, ';');
        for (std::size_t which = 0; which < dialects.size(); ++which) {
            const lexed cut = lex(text, dialects[which]);
            if (!cut.errors.empty()) continue;
            const digest hash = token_checksum(text, cut.tokens, dialects[which]);
            const std::string sequence = token_sequence(text, cut);
            ASSERT_EQ(seen[which].try_emplace(hash.words, sequence).first->second, sequence);
        }
    }
}

/// The text again, with other space and comments wherever there were some already, and at both ends.
std::string cosmetically_edited(std::string_view text, const lexed& cut, engine_kind dialect, random_text& choices) {
    static constexpr std::array edits{" ", "\t\f", " -- it's \"$a$\n ", "/* ' -- */ ", "\n"};
    std::string edited = choices.below(2) == 0 ? "\xEF\xBB\xBF-- varve: no-transaction\n" : "/* \" */";
    std::size_t end = 0;
    for (const token& each : cut.tokens) {
        const bool literals = end > 0 && text[end - 1] == '\'' && text[each.offset] == '\'';
        // Between two literals only line ends decide, and only PostgreSQL cares.
        const std::string_view edit = literals && dialect == engine_kind::postgresql
                                          ? (each.continues_literal ? " -- x\n\n" : " /* x */ ")
                                          : edits[choices.below(edits.size())];
        if (each.offset > end) edited += edit;
        edited += text_of(text, each);
        end = each.end();
    }
    return edited + (choices.below(2) == 0 ? " ;\n;-- end" : "\n");
}

std::string with_windows_line_ends(std::string_view text) {
    std::string windows;
    for (const char c : text) {
        if (c == '\n' && (windows.empty() || windows.back() != '\r')) windows += '\r';
        windows += c;
    }
    return windows;
}

TEST(LexerFuzz, CosmeticEditsNeverChangeAChecksum) {
    random_text texts(3);
    int compared = 0;
    for (int i = 0; i < 12000; ++i) {
        const text_file file("a.sql", texts.next());
        // CR CR LF in a file is CR LF in its text, and to write that as a file again would drop the CR.
        if (file.text().find("\r\n") != std::string_view::npos) continue;
        for (const engine_kind dialect : dialects) {
            const lexed cut = lex(file.text(), dialect);
            if (!cut.errors.empty()) continue;
            const text_file edited("a.sql",
                                   with_windows_line_ends(cosmetically_edited(file.text(), cut, dialect, texts)));
            ASSERT_TRUE(lex(edited.text(), dialect).errors.empty()) << file.text() << "\n---\n" << edited.text();
            ASSERT_EQ(checksum_of(edited.text(), dialect), checksum_of(file.text(), dialect))
                << file.text() << "\n---\n"
                << edited.text();
            ++compared;
        }
    }
    EXPECT_GT(compared, 2000);
}

TEST(LexerFuzz, StatementsAreTheTokensBetweenSemicolonsInOrder) {
    random_text texts(4);
    for (int i = 0; i < 20000; ++i) {
        const std::string text = texts.next();
        for (const engine_kind dialect : dialects) {
            const lexed cut_text = lex(text, dialect);
            std::size_t next = 0;
            for (const sql_statement& each : cut(text, cut_text.tokens, dialect)) {
                ASSERT_GT(each.token_count, 0U) << text;
                ASSERT_GE(each.first_token, next) << text;
                for (; next < each.first_token; ++next) ASSERT_EQ(text_of(text, cut_text.tokens[next]), ";") << text;
                next += each.token_count;
            }
            for (; next < cut_text.tokens.size(); ++next) ASSERT_EQ(text_of(text, cut_text.tokens[next]), ";") << text;
        }
    }
}

TEST(LexerFuzz, AStatementsTextAloneHasTheSameTokensAndTheSameChecksum) {
    random_text texts(5);
    for (int i = 0; i < 12000; ++i) {
        const std::string text = texts.next();
        for (const engine_kind dialect : dialects) {
            const lexed whole = lex(text, dialect);
            if (!whole.errors.empty()) continue;
            for (const sql_statement& each : cut(text, whole.tokens, dialect)) {
                const auto tokens = std::span(whole.tokens).subspan(each.first_token, each.token_count);
                const std::string alone =
                    text.substr(tokens.front().offset, tokens.back().end() - tokens.front().offset);
                const lexed again = lex(alone, dialect);
                ASSERT_TRUE(again.errors.empty()) << text << "\n---\n" << alone;
                ASSERT_EQ(again.tokens.size(), tokens.size()) << text << "\n---\n" << alone;
                ASSERT_EQ(checksum_of(alone, dialect), token_checksum(text, tokens, dialect)) << text << "\n---\n"
                                                                                              << alone;
                ASSERT_EQ(cut(alone, again.tokens, dialect).size(), 1U) << text << "\n---\n" << alone;
            }
        }
    }
}

TEST(LexerFuzz, WhateverIsClassifiedNothingBreaksAndErrorsAreInsideTheText) {
    random_text texts(6);
    for (int i = 0; i < 8000; ++i) {
        const text_file file("a.sql", texts.next());
        for (const engine_kind dialect : dialects) {
            diagnostics found;
            known_objects known;
            const classified_script script =
                classify(file, lex(file.text(), dialect),
                         {.dialect = dialect, .grammar = {.use = grammar_use::tokens_only}}, known, found);
            for (const classified_statement& each : script.statements)
                ASSERT_LE(each.offset + each.size, file.text().size());
            for (const diagnostic& each : found.sorted()) {
                ASSERT_GE(each.where.line, 1U) << file.text();
                ASSERT_GE(each.where.column, 1U) << file.text();
                ASSERT_FALSE(each.message.empty()) << file.text();
            }
        }
    }
}

/// Each would take very long if any step looked at the rest of the text again and again.
TEST(LexerFuzz, HostileTextsCostNoMoreThanTheirLength) {
    const auto repeated = [](std::string_view piece, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += piece;
        return text;
    };
    for (const std::string_view piece : {"/*", "*/", "$", "$a", "$a$ $a$", "'", "[", "${a}", "''", "e'\\''\n", "(", ";",
                                         "\\\n", "- -", "1e+1", "case begin ", "\"\"", "."}) {
        const text_file file("a.sql", "create function f() begin atomic " + repeated(piece, 40000));
        for (const engine_kind dialect : dialects) {
            diagnostics found;
            known_objects known;
            const classified_script script =
                classify(file, lex(file.text(), dialect),
                         {.dialect = dialect, .grammar = {.use = grammar_use::tokens_only}}, known, found);
            EXPECT_LE(script.statements.size(), 40001U);
        }
    }
}

}  // namespace
}  // namespace varve::generator
