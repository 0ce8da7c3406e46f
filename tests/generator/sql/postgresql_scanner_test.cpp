// The lexer and the statement cutter, held against PostgreSQL's own scanner and grammar (libpg_query): wherever these
// accept a text, ours must see the same tokens and the same statements in it.
#include "postgresql_scan.hpp"

#include <sql/lexer.hpp>
#include <sql/statement.hpp>
#include <sql/token_reader.hpp>

#include <gtest/gtest.h>
#include <pg_query.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {
namespace {

/// Errors that are ours alone: psql's commands, what is neither a dollar quote nor SQL, a lone CR, variables, and what
/// is not UTF-8.
bool may_be_ours_alone(const lex_error& error) {
    return error.kind == lex_error_kind::invalid_utf8 || error.kind == lex_error_kind::backslash ||
           error.kind == lex_error_kind::lone_dollar || error.kind == lex_error_kind::lone_carriage_return ||
           error.kind == lex_error_kind::malformed_variable;
}

/// PostgreSQL's scanner joins literals with a line end between, and no comment.
bool goes_on(const lexed& ours, std::size_t index) {
    const token& each = ours.tokens[index];
    if (!each.continues_literal) return false;
    const auto between = [&](const comment& c) {
        return c.offset >= ours.tokens[index - 1].end() && c.offset < each.offset;
    };
    return std::ranges::none_of(ours.comments, between);
}

/// `.5.a` and `...5`: PostgreSQL's scanner cuts a number off where ours does not, or the reverse. Its grammar has no
/// place for what it sees there: see HasNoPlaceForANumberThatTouchesMore.
bool cuts_a_number_elsewhere(const lexed& ours, const scanned& theirs) {
    for (const token& each : ours.tokens) {
        if (each.kind != token_kind::number) continue;
        const auto cut = [&](const piece& p) {
            const bool begins_inside = p.begin > each.offset && p.begin < each.end();
            return begins_inside || (p.begin < each.offset && p.end > each.offset);
        };
        if (std::ranges::any_of(theirs.tokens, cut)) return true;
    }
    return false;
}

/// Our tokens, with those together that PostgreSQL's scanner does not part there.
std::vector<piece> joined_tokens(const lexed& ours) {
    std::vector<piece> pieces;
    for (std::size_t i = 0; i < ours.tokens.size(); ++i) {
        if (goes_on(ours, i)) {
            pieces.back().end = ours.tokens[i].end();
        } else {
            pieces.push_back({ours.tokens[i].offset, ours.tokens[i].end()});
        }
    }
    return pieces;
}

bool has_prefix(const std::string& text, const piece& each, std::string_view prefixes) {
    const char second = each.end - each.begin > 1 ? text[each.begin + 1] : ' ';
    return prefixes.find(text[each.begin]) != std::string_view::npos && (second == '\'' || second == '&');
}

/// A run of operator signs or dots, an n'' and a b'' with a quote in it are one token to us and may be
/// several to PostgreSQL.
bool may_be_several(const std::string& text, const piece& each) {
    const std::string_view token = std::string_view(text).substr(each.begin, each.end - each.begin);
    constexpr std::string_view signs = "~!@#%^&|`?+-*/<>=:.";
    return signs.find(token.front()) != std::string_view::npos || has_prefix(text, each, "nNbBxX");
}

/// Empty, or how our tokens disagree with PostgreSQL's.
std::string disagreement(const std::string& text) {
    // A vertical tab is space to us and to PostgreSQL 16; before, it is an error that only the grammar finds.
    if (PG_VERSION_NUM < 160000 && text.find('\v') != std::string::npos) return {};
    if (text.find("${") != std::string::npos) return {};  // a variable is ours
    const std::optional<scanned> theirs = scan(text);
    if (!theirs) return {};
    const lexed ours = lex(text, engine_kind::postgresql);
    if (cuts_a_number_elsewhere(ours, *theirs)) return {};
    if (!ours.errors.empty()) {
        // What follows the first error may be another text to us: a psql command takes its whole line.
        return may_be_ours_alone(ours.errors.front()) ? "" : "an error in what PostgreSQL accepts";
    }
    auto next = theirs->tokens.begin();
    for (const piece& each : joined_tokens(ours)) {
        std::size_t at = each.begin;
        int count = 0;
        for (; next != theirs->tokens.end() && at < each.end; ++next, ++count) {
            if (next->begin != at) return "another token at byte " + std::to_string(at);
            // Where a u&'' ends, libpg_query does not say.
            at = has_prefix(text, each, "uU") ? each.end : next->end;
        }
        if (at != each.end) return "the token at byte " + std::to_string(each.begin) + " ends elsewhere";
        if (count > 1 && !may_be_several(text, each)) return "several tokens at byte " + std::to_string(each.begin);
    }
    if (next != theirs->tokens.end()) return "a token that is not ours at byte " + std::to_string(next->begin);
    std::vector<piece> comments;
    for (const comment& each : ours.comments) comments.push_back({each.offset, each.offset + each.size});
    return comments == theirs->comments ? "" : "other comments";
}

/// Texts put together from pieces, in a repeatable order.
class any_text {
public:
    explicit any_text(unsigned seed) : random_(seed) {}

    template <std::size_t N>
    std::string of(const std::array<std::string_view, N>& pieces, std::size_t most) {
        std::string text;
        for (std::size_t count = 1 + random_() % most; count > 0; --count) text += pieces[random_() % N];
        return text;
    }
    std::size_t below(std::size_t limit) { return random_() % limit; }

private:
    std::mt19937 random_;
};

constexpr std::array<std::string_view, 74> fragments{
    "'",     "'",    "''",   "\"", "\"\"", "'a'", "'b'",  "\"q\"",    "e'",      "E'\\''", "u&'", "U&\"d\"", "b'1'",
    "x'1F'", "n'n'", "$",    "$$", "$a$",  "$1",  "a$b",  "$_$",      "\n",      "\n",     " ",   " ",       "\t",
    "\f",    "\v",   "\r\n", "--", "/*",   "*/",  "/**/", "-- c\n",   "/* / */", "-",      "+",   "*",       "/",
    "<",     ">",    "=",    "~",  "!",    "@",   "#",    "%",        "^",       "&",      "|",   "`",       "?",
    "::",    ":",    ":=",   "..", ".",    ".5",  "1",    "1.",       "1e",      "e+5",    "0x1", "1_0",     "(",
    ")",     "[",    "]",    ",",  ";",    "{",   "a",    "\xC3\xA9", "select"};

TEST(PostgresqlScanner, SeesTheSameTokensInWhateverItAccepts) {
    any_text texts(1);
    int accepted = 0;
    for (int i = 0; i < 60'000; ++i) {
        const std::string text = texts.of(fragments, 9);
        if (scan(text)) ++accepted;
        ASSERT_EQ(disagreement(text), "") << text;
    }
    EXPECT_GT(accepted, 10'000);
}

constexpr std::array<std::string_view, 50> forms{
    "SELECT 'a'\n  'b'\n\n'c'",
    "SELECT 'a' 'b'",
    "SELECT 'a' /* no */\n 'b'",
    "SELECT e'a\\'b' 'c'",
    "SELECT E'a'\n'b\\'c'",
    "SELECT U&'d\\0061t\\+000061', U&'d!0061' UESCAPE '!', U&\"d\\0061\"",
    "SELECT B'0101', b'1', X'1F', x'f', N'n', n 'n', e 'x'",
    "SELECT $$a$$, $a$b$$c$a$, $a$$b$a$, $_$x$_$, $\xC3\xA9$x$\xC3\xA9$",
    "SELECT $1, $12, a$b, a$1$b, _$, \xC3\xA9$",
    "SELECT $a$ $b$ $a$ $b$",
    "SELECT 1, 1., .5, 1.5, 1e5, 1E-5, 1e+5, 1.e5, .5e1, 0.0",
    "SELECT 1..2, a[1:2], a[:], a[1 :2]",
    "SELECT 1.5.a",
    "SELECT a.b.c, a.*, a . b, \"a\".\"b\"",
    "SELECT a<-b, a<-1, a=-1, a= -1, a<>-1, a*-1, @-1, !!1",
    "SELECT a->b, a->>'b', a#>b, a#>>b, a@>b, a<@b, a?|b, a?&b, a||b, a&&b, a-|-b",
    "SELECT a~*b, a!~*b, a~~b, a!~~*b, |/ 2, ||/ 2, @ 2, ~1, 1#2, 1<<2, 1>>2",
    "SELECT a::int, a::int[], a :: int, f(a => 1), f(a := 1)",
    "SELECT a--b\n-c",
    "SELECT a/b, a/*b*/, a*/**/b, 1-/*x*/-1, a+--b\nc",
    "SELECT /* /* nested */ */ 1 /**/ /***/ /*/**/*/",
    "-- only a comment",
    "/* only */",
    "--",
    "SELECT 1--",
    "",
    " \t\n\f\v",
    ";;",
    "SELECT \"a\"\"b\", \"a'b\", 'a\"b', 'a''b'",
    "SELECT \"a\"\n\"b\"",
    "SELECT 'a\nb', $$a\n--b\n/* c$$",
    "SELECT (1), [2], {3}",
    "SELECT a%b, a^b, a&b, a|b, a`b, a?b",
    "SELECT +1, -1, - -1, -(-1), + +1",
    "SELECT a<=b, a>=b, a<>b, a!=b, a=>b",
    "SELECT a ~ -1, a @@ b, a ## b, a <-> b, a *<> b",
    "SELECT caf\xC3\xA9, \xE6\x97\xA5\xE6\x9C\xAC, '\xF0\x9F\x98\x80'",
    "CREATE OPERATOR <!=-> (LEFTARG = int)",
    "CREATE OPERATOR === (COMMUTATOR = ===)",
    "SELECT operator(pg_catalog.+)(1, 2), 1 OPERATOR(pg_catalog.=) 2",
    "SELECT * FROM t WHERE a IN (1,2) AND b BETWEEN 1 AND 2",
    "SELECT 'a'::text||'b'",
    "SELECT interval '1 day', date'2026-01-01', int4'1'",
    "SELECT e''",
    "SELECT E'\\\\'",
    "SELECT E'\\x41\\101\\u0041\\U00000041'",
    "SELECT u&'', U & 'a', u & \"a\"",
    "SELECT 'a'\n-- c\n'b'",
    "SELECT 'a'\r\n'b'",
    "SELECT ''''''\n''''",
};

TEST(PostgresqlScanner, SeesTheSameTokensInEveryFormOfThem) {
    for (const std::string_view form : forms) {
        EXPECT_EQ(disagreement(std::string(form)), "") << form;
        for (std::size_t i = 0; i < form.size(); ++i) {
            EXPECT_EQ(disagreement(std::string(form.substr(0, i))), "") << form.substr(0, i);
            EXPECT_EQ(disagreement(std::string(form.substr(i))), "") << form.substr(i);
        }
    }
}

TEST(PostgresqlScanner, SeesTheSameTokensInTheSeedsOfTheFuzzTargets) {
    int count = 0;
    for (const char* target : {"lexer", "splitter", "checksum"}) {
        const std::filesystem::path seeds = std::filesystem::path(VARVE_FUZZ_DIRECTORY) / target / "seeds";
        for (const auto& entry : std::filesystem::directory_iterator(seeds)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string text(std::istreambuf_iterator<char>(in), {});
            // It takes a text for a C string, and does not ask whether it is UTF-8.
            const lexed ours = lex(text, engine_kind::postgresql);
            const auto is_no_text = [](const lex_error& error) {
                return error.kind == lex_error_kind::nul_byte || error.kind == lex_error_kind::invalid_utf8;
            };
            if (std::ranges::any_of(ours.errors, is_no_text)) continue;
            EXPECT_EQ(disagreement(text), "") << entry.path();
            ++count;
        }
    }
    EXPECT_GT(count, 20);
}

constexpr std::array<std::string_view, 30> statements{
    "SELECT 1",
    "SELECT 'a;b', $$;$$, \";\" FROM t",
    "SELECT (SELECT 1) AS begin, t.end FROM t",
    "CREATE TABLE t (a int, b text DEFAULT ';')",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
    "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; END",
    "CREATE PROCEDURE p() BEGIN ATOMIC END",
    "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); SELECT 1 AS end; SELECT t.end FROM t; END",
    "CREATE FUNCTION f() RETURNS int RETURN CASE WHEN true THEN 1 END",
    "CREATE FUNCTION begin(atomic int) RETURNS int LANGUAGE sql AS 'SELECT 1;'",
    "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
    "CREATE RULE r AS ON UPDATE TO t DO INSTEAD NOTHING",
    "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
    "DO $do$ BEGIN PERFORM 1; END; $do$",
    "BEGIN",
    "COMMIT",
    "END",
    "START TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "UPDATE t SET a = CASE WHEN b THEN 1 END",
    "INSERT INTO t VALUES (1), (2) ON CONFLICT DO NOTHING",
    "CREATE VIEW v AS SELECT 1 AS case",
    "ALTER TABLE t ADD CHECK (a > 0)",
    "COMMENT ON TABLE t IS 'it''s; not'",
    "CREATE INDEX CONCURRENTLY i ON t (a)",
    "WITH x AS (SELECT 1) SELECT * FROM x",
    "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE SELECT 1",
    "CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1",
    "DECLARE c CURSOR FOR SELECT 1",
};

constexpr std::array<std::string_view, 8> separators{";",   " ; ",          ";\n\n",    ";;",
                                                     ";;;", "; -- a; b\n;", "/* ; */;", " -- it's\n; "};

/// PostgreSQL's statements: what its grammar takes from and to. Nothing if it refuses the text.
std::optional<std::vector<piece>> statements_by_grammar(const std::string& text) {
    PgQuerySplitResult result = pg_query_split_with_parser(text.c_str());
    std::optional<std::vector<piece>> found;
    if (result.error == nullptr) {
        found.emplace();
        for (int i = 0; i < result.n_stmts; ++i) {
            const auto begin = static_cast<std::size_t>(result.stmts[i]->stmt_location);
            found->push_back({begin, begin + static_cast<std::size_t>(result.stmts[i]->stmt_len)});
        }
    }
    pg_query_free_split_result(result);
    return found;
}

/// Without the space and the comments around it, which some versions count to a statement.
piece without_gaps(const piece& wide, const std::vector<token>& tokens) {
    piece narrow{wide.end, wide.begin};
    for (const token& each : tokens) {
        if (each.offset < wide.begin || each.end() > wide.end) continue;
        narrow.begin = std::min(narrow.begin, each.offset);
        narrow.end = std::max(narrow.end, each.end());
    }
    return narrow;
}

TEST(PostgresqlGrammar, CutsTheSameStatements) {
    any_text texts(2);
    int accepted = 0;
    for (int i = 0; i < 6'000; ++i) {
        std::string text;
        for (std::size_t count = 1 + texts.below(4); count > 0; --count) {
            text += statements[texts.below(statements.size())];
            if (count > 1 || texts.below(2) == 0) text += separators[texts.below(separators.size())];
        }
        const auto theirs = statements_by_grammar(text);
        if (!theirs) continue;
        ++accepted;
        const lexed tokens = lex(text, engine_kind::postgresql);
        std::vector<piece> expected;
        for (const piece& each : *theirs) expected.push_back(without_gaps(each, tokens.tokens));
        std::vector<piece> ours;
        for (const sql_statement& each : cut(text, tokens.tokens, engine_kind::postgresql)) {
            const auto& last = tokens.tokens[each.first_token + each.token_count - 1];
            ours.push_back({tokens.tokens[each.first_token].offset, last.end()});
        }
        ASSERT_EQ(ours.size(), expected.size()) << text;
        for (std::size_t k = 0; k < ours.size(); ++k) ASSERT_TRUE(ours[k] == expected[k]) << k << " of " << text;
    }
    EXPECT_GT(accepted, 5'000);
}

TEST(PostgresqlGrammar, TakesEachStatementOfTheseTests) {
    for (const std::string_view each : statements) {
        const auto found = statements_by_grammar(std::string(each));
        ASSERT_TRUE(found) << each;
        EXPECT_EQ(found->size(), 1U) << each;
    }
}

TEST(PostgresqlGrammar, HasNoPlaceForANumberThatTouchesMore) {
    for (const char* each : {".5.a", "1.5.a", ".5.5", "1.5.U&\"d\"", "1.5.e'\\''", "a...5", "a[1...5]", "a[1 ...5]"}) {
        const std::string text = "SELECT " + std::string(each);
        EXPECT_TRUE(scan(text)) << text;
        EXPECT_FALSE(statements_by_grammar(text)) << text;
    }
}

}  // namespace
}  // namespace varve::generator
