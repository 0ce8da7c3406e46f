#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sql/lexer.hpp>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr engine_kind postgresql = engine_kind::postgresql;
constexpr engine_kind sqlite = engine_kind::sqlite;

std::vector<std::string> tokens_of(std::string_view text, engine_kind dialect) {
    const lexed result = lex(text, dialect);
    std::vector<std::string> tokens;
    for (const token& each : result.tokens) tokens.emplace_back(text_of(text, each));
    if (!result.errors.empty()) tokens.emplace_back("<error>");
    return tokens;
}

std::vector<token_kind> kinds_of(std::string_view text, engine_kind dialect) {
    std::vector<token_kind> kinds;
    for (const token& each : lex(text, dialect).tokens) kinds.push_back(each.kind);
    return kinds;
}

std::vector<std::string> comments_of(std::string_view text, engine_kind dialect) {
    std::vector<std::string> comments;
    for (const comment& each : lex(text, dialect).comments) comments.emplace_back(text.substr(each.offset, each.size));
    return comments;
}

struct found_error {
    lex_error_kind kind;
    std::size_t offset;
    friend bool operator==(const found_error&, const found_error&) = default;
    friend void PrintTo(const found_error& error, std::ostream* out) {
        *out << "error kind " << static_cast<int>(error.kind) << " at " << error.offset;
    }
};

std::vector<found_error> errors_of(std::string_view text, engine_kind dialect) {
    std::vector<found_error> errors;
    for (const lex_error& each : lex(text, dialect).errors) errors.push_back({each.kind, each.offset});
    return errors;
}

TEST(Lexer, CutsAPlainStatementInBothDialects) {
    const std::vector<std::string> expected{"CREATE", "TABLE", "t", "(", "a", "int", ",", "b", "text", ")", ";"};
    EXPECT_EQ(tokens_of("CREATE TABLE t (a int, b\ttext);\n", postgresql), expected);
    EXPECT_EQ(tokens_of("CREATE TABLE t (a int, b\ttext);\n", sqlite), expected);
}

TEST(Lexer, SpaceIsFiveBytes) {
    EXPECT_THAT(tokens_of("a b\tc\nd\fe\vf", postgresql), ElementsAre("a", "b", "c", "d", "e", "f"));
}

TEST(Lexer, TheKindOfATokenIsKnown) {
    EXPECT_THAT(kinds_of("a 1 'b' $1 <= ;", postgresql),
                ElementsAre(token_kind::word, token_kind::number, token_kind::quoted, token_kind::parameter,
                            token_kind::operator_sign, token_kind::punctuation));
    EXPECT_THAT(kinds_of("$name ${name}", sqlite), ElementsAre(token_kind::parameter, token_kind::word));
}

TEST(Lexer, LineCommentsEndBeforeTheLinefeed) {
    EXPECT_THAT(comments_of("a -- b\n--c", postgresql), ElementsAre("-- b", "--c"));
    EXPECT_THAT(tokens_of("a -- b\nc", sqlite), ElementsAre("a", "c"));
}

TEST(Lexer, CommentsNestInPostgresqlOnly) {
    EXPECT_THAT(tokens_of("/* a /* b */ c */ d", postgresql), ElementsAre("d"));
    EXPECT_THAT(tokens_of("/* a /* b */ c", sqlite), ElementsAre("c"));
    EXPECT_THAT(tokens_of("/*/ a */ b", postgresql), ElementsAre("b"));
    EXPECT_THAT(tokens_of("/***/b", postgresql), ElementsAre("b"));
    EXPECT_THAT(tokens_of("/*/**/*/b", postgresql), ElementsAre("b"));
}

TEST(Lexer, ACommentMayEndWithTheFileInSqliteOnly) {
    EXPECT_THAT(tokens_of("a /* open", sqlite), ElementsAre("a"));
    EXPECT_THAT(comments_of("a /* open", sqlite), ElementsAre("/* open"));
    EXPECT_THAT(errors_of("a /* open", postgresql), ElementsAre(found_error{lex_error_kind::unterminated_comment, 2}));
    EXPECT_THAT(errors_of("a /* /* */", postgresql), ElementsAre(found_error{lex_error_kind::unterminated_comment, 2}));
}

TEST(Lexer, QuotesAreDoubledInside) {
    EXPECT_THAT(tokens_of("'it''s' \"a\"\"b\"", postgresql), ElementsAre("'it''s'", "\"a\"\"b\""));
    EXPECT_THAT(tokens_of("'--' '/*'", sqlite), ElementsAre("'--'", "'/*'"));
    EXPECT_THAT(tokens_of("'a\\' b", postgresql), ElementsAre("'a\\'", "b"));
    EXPECT_THAT(tokens_of("'''' ''", sqlite), ElementsAre("''''", "''"));
}

TEST(Lexer, SqliteHasTwoMoreQuotes) {
    EXPECT_THAT(tokens_of("`a``b` [it's [x] c", sqlite), ElementsAre("`a``b`", "[it's [x]", "c"));
    EXPECT_THAT(tokens_of("a[1] `", postgresql), ElementsAre("a", "[", "1", "]", "`"));
}

TEST(Lexer, DollarQuotesEndWithTheirOwnTag) {
    EXPECT_THAT(tokens_of("$$a $ ' $b$ -- $$ x", postgresql), ElementsAre("$$a $ ' $b$ -- $$", "x"));
    EXPECT_THAT(tokens_of("$a$ $$ $A$ $a$", postgresql), ElementsAre("$a$ $$ $A$ $a$"));
    EXPECT_THAT(tokens_of("$\xC3\xA9$x$\xC3\xA9$", postgresql), ElementsAre("$\xC3\xA9$x$\xC3\xA9$"));
    EXPECT_THAT(tokens_of("$a1$x$a1$y", postgresql), ElementsAre("$a1$x$a1$", "y"));
    EXPECT_THAT(tokens_of("$a${x}$a$", postgresql), ElementsAre("$a${x}$a$"));
}

TEST(Lexer, ADollarInsideAWordBelongsToIt) {
    EXPECT_THAT(tokens_of("a$b$c$", postgresql), ElementsAre("a$b$c$"));
    EXPECT_THAT(tokens_of("a $b$c$b$", postgresql), ElementsAre("a", "$b$c$b$"));
    EXPECT_THAT(tokens_of("$a$b", sqlite), ElementsAre("$a$b"));
}

TEST(Lexer, APrefixTouchingItsQuoteBelongsToIt) {
    EXPECT_THAT(tokens_of("e'a' B'1' x'0' N'a' u&'a' U&\"b\"", postgresql),
                ElementsAre("e'a'", "B'1'", "x'0'", "N'a'", "u&'a'", "U&\"b\""));
    EXPECT_THAT(tokens_of("e 'a' ae'a' u& 'a' e\"a\"", postgresql),
                ElementsAre("e", "'a'", "ae", "'a'", "u", "&", "'a'", "e", "\"a\""));
    EXPECT_THAT(tokens_of("X'00' e'a' b'1'", sqlite), ElementsAre("X'00'", "e", "'a'", "b", "'1'"));
}

TEST(Lexer, OnlyEscapeStringsHaveBackslashes) {
    EXPECT_THAT(tokens_of(R"(E'a\'b' c)", postgresql), ElementsAre(R"(E'a\'b')", "c"));
    EXPECT_THAT(tokens_of(R"(E'a\\' c)", postgresql), ElementsAre(R"(E'a\\')", "c"));
    EXPECT_THAT(tokens_of(R"(E'a''\'' c)", postgresql), ElementsAre(R"(E'a''\'')", "c"));
    EXPECT_THAT(tokens_of(R"(b'a\' c)", postgresql), ElementsAre(R"(b'a\')", "c"));
    EXPECT_THAT(errors_of(R"(E'a\')", postgresql), ElementsAre(found_error{lex_error_kind::unterminated_quote, 1}));
}

TEST(Lexer, ALiteralOnTheNextLineGoesOnWithTheOneBefore) {
    const std::string_view text = "'a' -- c\n 'b' 'c'\n/**/'d'\n'e'\n\"f\"";
    std::vector<bool> continues;
    for (const token& each : lex(text, postgresql).tokens) continues.push_back(each.continues_literal);
    EXPECT_THAT(continues, ElementsAre(false, true, false, false, true, false));
    EXPECT_FALSE(lex("'a'\n'b'", sqlite).tokens[1].continues_literal);
    EXPECT_FALSE(lex("'a'\nE'b'", postgresql).tokens[1].continues_literal);
}

TEST(Lexer, WhatGoesOnWithAnEscapeStringHasBackslashesToo) {
    EXPECT_THAT(tokens_of("E'a'\n'b\\'c' d", postgresql), ElementsAre("E'a'", "'b\\'c'", "d"));
    EXPECT_THAT(tokens_of("E'a'\n'b'\n'c\\'' d", postgresql), ElementsAre("E'a'", "'b'", "'c\\''", "d"));
    EXPECT_THAT(tokens_of("'a'\n'b\\' d", postgresql), ElementsAre("'a'", "'b\\'", "d"));
    EXPECT_THAT(tokens_of("E'a' 'b\\' d", postgresql), ElementsAre("E'a'", "'b\\'", "d"));
    EXPECT_THAT(tokens_of("E'a', \n'b\\' d", postgresql), ElementsAre("E'a'", ",", "'b\\'", "d"));
}

TEST(Lexer, NumbersTakeInWhatSticksToThem) {
    EXPECT_THAT(tokens_of("1 1.5 .5 1e-5 1E+5 0x1f 1_000 1a 1.e3", postgresql),
                ElementsAre("1", "1.5", ".5", "1e-5", "1E+5", "0x1f", "1_000", "1a", "1.e3"));
    EXPECT_THAT(tokens_of("1e - 5 1e-a 0xe+1 1..2 1...2", postgresql),
                ElementsAre("1e", "-", "5", "1e", "-", "a", "0xe", "+", "1", "1", "..", "2", "1", "...", "2"));
    EXPECT_THAT(tokens_of("1$a", sqlite), ElementsAre("1$a"));
    EXPECT_THAT(tokens_of("1$$a$$", postgresql), ElementsAre("1", "$$a$$"));
}

TEST(Lexer, ParametersOfPostgresqlTakeInWhatSticksToThem) {
    EXPECT_THAT(tokens_of("$1 $12+$1a $1$a$ $a$", postgresql), ElementsAre("$1", "$12", "+", "$1a", "$1", "$a$ $a$"));
}

TEST(Lexer, OperatorsAreTheLongestRunBeforeAComment) {
    EXPECT_THAT(tokens_of("a->>'b' a<-b x::int a<!--c\nd */*c*/ e", postgresql),
                ElementsAre("a", "->>", "'b'", "a", "<-", "b", "x", "::", "int", "a", "<!", "d", "*", "e"));
    EXPECT_THAT(tokens_of("a- -b -/**/-", postgresql), ElementsAre("a", "-", "-", "b", "-", "-"));
    EXPECT_THAT(tokens_of("a=`b`", sqlite), ElementsAre("a", "=", "`b`"));
    EXPECT_THAT(tokens_of("a=`b", postgresql), ElementsAre("a", "=`", "b"));
}

TEST(Lexer, ARunOfDotsIsOneToken) {
    EXPECT_THAT(tokens_of("a..b . . c.d", postgresql), ElementsAre("a", "..", "b", ".", ".", "c", ".", "d"));
}

TEST(Lexer, EveryOtherByteIsOneToken) {
    EXPECT_THAT(tokens_of("({[,;}])\x01", postgresql), ElementsAre("(", "{", "[", ",", ";", "}", "]", ")", "\x01"));
}

TEST(Lexer, BytesAboveAsciiBelongToWords) {
    EXPECT_THAT(tokens_of("caf\xC3\xA9 \xE2\x82\xAC", postgresql), ElementsAre("caf\xC3\xA9", "\xE2\x82\xAC"));
}

TEST(Lexer, VariablesArePartsOfWords) {
    EXPECT_THAT(tokens_of("${schema}.t a${b}c_${d1} $x${y}", sqlite),
                ElementsAre("${schema}", ".", "t", "a${b}c_${d1}", "$x${y}"));
    EXPECT_THAT(tokens_of("${schema}.t ${a}${b}$1", postgresql), ElementsAre("${schema}", ".", "t", "${a}${b}$1"));
    EXPECT_THAT(tokens_of("'${1}' \"${\"", postgresql), ElementsAre("'${1}'", "\"${\""));
}

TEST(Lexer, AMalformedVariableIsAnError) {
    const auto malformed_at = [](std::size_t offset) {
        return found_error{lex_error_kind::malformed_variable, offset};
    };
    EXPECT_THAT(errors_of("a ${}", postgresql), ElementsAre(malformed_at(2)));
    EXPECT_THAT(errors_of("${1a}", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("ab${c", postgresql), ElementsAre(malformed_at(2)));
    EXPECT_THAT(errors_of("${a b}", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("${a\xC3\xA9}", postgresql), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("a${b}${", sqlite), ElementsAre(malformed_at(5)));
}

TEST(Lexer, AVariableTouchingANumberOrAQuoteIsAnError) {
    const auto malformed_at = [](std::size_t offset) {
        return found_error{lex_error_kind::malformed_variable, offset};
    };
    EXPECT_THAT(errors_of("1${a}", postgresql), ElementsAre(malformed_at(1)));
    EXPECT_THAT(errors_of("1${a}", sqlite), ElementsAre(malformed_at(1)));
    EXPECT_THAT(errors_of("'x'${a}", postgresql), ElementsAre(malformed_at(3)));
    EXPECT_THAT(errors_of("$$x$$${a}", postgresql), ElementsAre(malformed_at(5)));
    EXPECT_THAT(errors_of("$1${a}", postgresql), ElementsAre(malformed_at(2)));
    EXPECT_THAT(errors_of("b${a}'x'", postgresql), ElementsAre(malformed_at(1)));
    EXPECT_THAT(errors_of("${a}\"x\"", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("${a}[x]", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("${a}`x`", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("${a}.5", sqlite), ElementsAre(malformed_at(0)));
    EXPECT_THAT(errors_of("${a} 'x' ${a}[1]", postgresql), IsEmpty());
}

TEST(Lexer, ALoneDollarIsAnErrorInPostgresqlOnly) {
    EXPECT_THAT(errors_of("a $ b", postgresql), ElementsAre(found_error{lex_error_kind::lone_dollar, 2}));
    EXPECT_THAT(errors_of("a $b c", postgresql), ElementsAre(found_error{lex_error_kind::lone_dollar, 2}));
    EXPECT_THAT(errors_of("$a", postgresql), ElementsAre(found_error{lex_error_kind::lone_dollar, 0}));
    EXPECT_THAT(errors_of("$a-b$", postgresql), ElementsAre(found_error{lex_error_kind::lone_dollar, 0}));
    EXPECT_THAT(tokens_of("a $ $b", sqlite), ElementsAre("a", "$", "$b"));
}

TEST(Lexer, WhatIsNotTerminatedIsReportedAtItsOpening) {
    EXPECT_THAT(errors_of("a 'b", sqlite), ElementsAre(found_error{lex_error_kind::unterminated_quote, 2}));
    EXPECT_THAT(errors_of("a 'b''", postgresql), ElementsAre(found_error{lex_error_kind::unterminated_quote, 2}));
    EXPECT_THAT(errors_of("a \"b", postgresql), ElementsAre(found_error{lex_error_kind::unterminated_identifier, 2}));
    EXPECT_THAT(errors_of("a `b", sqlite), ElementsAre(found_error{lex_error_kind::unterminated_identifier, 2}));
    EXPECT_THAT(errors_of("a [b", sqlite), ElementsAre(found_error{lex_error_kind::unterminated_identifier, 2}));
    EXPECT_THAT(errors_of("a $x$b$y$", postgresql),
                ElementsAre(found_error{lex_error_kind::unterminated_dollar_quote, 2}));
    EXPECT_THAT(tokens_of("a 'b", sqlite), ElementsAre("a", "<error>"));
}

TEST(Lexer, ALoneCarriageReturnIsAnErrorOutsideQuotesOnly) {
    EXPECT_THAT(errors_of("a\rb", postgresql), ElementsAre(found_error{lex_error_kind::lone_carriage_return, 1}));
    EXPECT_THAT(errors_of("-- a\rb\nc", sqlite), ElementsAre(found_error{lex_error_kind::lone_carriage_return, 4}));
    EXPECT_THAT(errors_of("/* a\r */ b", postgresql),
                ElementsAre(found_error{lex_error_kind::lone_carriage_return, 4}));
    EXPECT_THAT(tokens_of("'a\rb' $$\r$$", postgresql), ElementsAre("'a\rb'", "$$\r$$"));
}

TEST(Lexer, GoesOnBehindTheLineOfAMetaCommand) {
    EXPECT_THAT(errors_of("\\i 'a\nselect 1;\n  \\copy t\n", postgresql),
                ElementsAre(found_error{lex_error_kind::backslash, 0}, found_error{lex_error_kind::backslash, 18}));
    EXPECT_THAT(tokens_of("\\i 'a\nselect 1", postgresql), ElementsAre("select", "1", "<error>"));
}

TEST(Lexer, NulAndInvalidUtf8AreErrorsEverywhere) {
    EXPECT_THAT(errors_of(std::string_view("a 'b\0'", 6), sqlite),
                ElementsAre(found_error{lex_error_kind::nul_byte, 4}));
    EXPECT_THAT(errors_of("a -- caf\xE9", postgresql), ElementsAre(found_error{lex_error_kind::invalid_utf8, 8}));
    EXPECT_THAT(errors_of("'\xED\xA0\x80'", postgresql), ElementsAre(found_error{lex_error_kind::invalid_utf8, 1}));
    EXPECT_THAT(errors_of("\\i x\nb \xFF", postgresql),
                ElementsAre(found_error{lex_error_kind::backslash, 0}, found_error{lex_error_kind::invalid_utf8, 7}));
}

TEST(Lexer, TheEndOfTheTextCutsNothingWrongly) {
    for (const std::string_view text :
         {"", "$", "${", "-", "/", ".", "1.", "u", "u&", "e", "1e", "1e-", "0x", "*", ":"}) {
        EXPECT_LE(tokens_of(text, sqlite).size(), 2U) << text;
        EXPECT_LE(tokens_of(text, postgresql).size(), 2U) << text;
    }
}

TEST(Lexer, RemembersLinefeedsBetweenTokens) {
    const lexed result = lex("a b\nc /*\n*/ d", postgresql);
    EXPECT_FALSE(result.tokens[1].newline_before);
    EXPECT_TRUE(result.tokens[2].newline_before);
    EXPECT_TRUE(result.tokens[3].newline_before);
}

TEST(Lexer, ComparesWordsWhateverTheirCase) {
    const std::string_view text = "CrEaTe 'create' created";
    const lexed result = lex(text, postgresql);
    EXPECT_TRUE(is_word(text, result.tokens[0], "create"));
    EXPECT_FALSE(is_word(text, result.tokens[1], "create"));
    EXPECT_FALSE(is_word(text, result.tokens[2], "create"));
}

}  // namespace
}  // namespace varve::generator
