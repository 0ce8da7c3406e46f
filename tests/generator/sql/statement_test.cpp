#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sql/statement.hpp>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr engine_kind postgresql = engine_kind::postgresql;
constexpr engine_kind sqlite = engine_kind::sqlite;

std::vector<std::string> statements_of(std::string_view text, engine_kind dialect) {
    const lexed result = lex(text, dialect);
    std::vector<std::string> statements;
    for (const sql_statement& each : cut(text, result.tokens, dialect)) {
        const std::size_t begin = result.tokens[each.first_token].offset;
        const std::size_t end = result.tokens[each.first_token + each.token_count - 1].end();
        statements.emplace_back(text.substr(begin, end - begin));
    }
    return statements;
}

TEST(Cut, StatementsEndAtSemicolonsAndEmptyOnesAreDropped) {
    EXPECT_THAT(statements_of("a b; -- c;\n ; 'd;' ;;e", postgresql), ElementsAre("a b", "'d;'", "e"));
    EXPECT_THAT(statements_of("a b; -- c;\n ; [d;] ;;e;", sqlite), ElementsAre("a b", "[d;]", "e"));
    EXPECT_THAT(statements_of("-- nothing\n;;", sqlite), IsEmpty());
    EXPECT_THAT(statements_of("", postgresql), IsEmpty());
}

TEST(Cut, AStatementKeepsTheCommentsInsideItOnly) {
    EXPECT_THAT(statements_of("/* a */ b /* c */ d -- e\n; f", postgresql), ElementsAre("b /* c */ d", "f"));
}

TEST(Cut, DollarQuotesAreOneToken) {
    EXPECT_THAT(statements_of("CREATE FUNCTION f() AS $$ BEGIN a; b; END $$; c", postgresql),
                ElementsAre("CREATE FUNCTION f() AS $$ BEGIN a; b; END $$", "c"));
}

TEST(Cut, ParenthesesHoldARuleTogetherInPostgresql) {
    EXPECT_THAT(statements_of("CREATE RULE r AS ON INSERT TO t DO (a; b (c;);); d", postgresql),
                ElementsAre("CREATE RULE r AS ON INSERT TO t DO (a; b (c;);)", "d"));
    EXPECT_THAT(statements_of("a ) ; b", postgresql), ElementsAre("a )", "b"));
}

TEST(Cut, AnUnclosedParenthesisDoesNotHideTheNextStatementOfSqlite) {
    EXPECT_THAT(statements_of("CREATE TABLE t (a; CREATE TABLE u (b);", sqlite),
                ElementsAre("CREATE TABLE t (a", "CREATE TABLE u (b)"));
}

TEST(Cut, AtomicBodiesAreNotCut) {
    const std::string body = "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END";
    EXPECT_THAT(statements_of(body + "; SELECT 3;", postgresql), ElementsAre(body, "SELECT 3"));
    const std::string procedure = "create or replace procedure p() begin atomic insert into t values (1); end";
    EXPECT_THAT(statements_of(procedure + ";b", postgresql), ElementsAre(procedure, "b"));
}

TEST(Cut, AtomicBodiesMayHoldNestedCases) {
    const std::string body =
        "CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN CASE a WHEN 1 THEN 2 END ELSE "
        "(case when "
        "true then 1 end) END; SELECT 2; END";
    EXPECT_THAT(statements_of(body + "; b", postgresql), ElementsAre(body, "b"));
}

TEST(Cut, ColumnsNamedLikeKeywordsDoNotEndAnAtomicBody) {
    const std::string body =
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end, t.end, t.case, 2 AS case, \"end\" FROM t; "
        "SELECT 2; END";
    EXPECT_THAT(statements_of(body + "; b", postgresql), ElementsAre(body, "b"));
}

TEST(Cut, ARoutineWithoutAnAtomicBodyIsCutAsUsual) {
    EXPECT_THAT(statements_of("CREATE FUNCTION begin() RETURNS int AS 'x'; b", postgresql),
                ElementsAre("CREATE FUNCTION begin() RETURNS int AS 'x'", "b"));
    EXPECT_THAT(statements_of("CREATE FUNCTION f() RETURNS int RETURN 1; b", postgresql), SizeIs(2));
    EXPECT_THAT(statements_of("BEGIN; a; END", postgresql), ElementsAre("BEGIN", "a", "END"));
}

TEST(Cut, OnlyRoutinesHaveAtomicBodies) {
    EXPECT_THAT(statements_of("CREATE TABLE begin (atomic int); BEGIN; SELECT 1; END", postgresql), SizeIs(4));
    EXPECT_THAT(statements_of("BEGIN ATOMIC; b", postgresql), SizeIs(2));
}

TEST(Cut, TriggersOfSqliteEndWithTheirEnd) {
    const std::string trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END";
    EXPECT_THAT(statements_of(trigger + "; b", sqlite), ElementsAre(trigger, "b"));
    EXPECT_THAT(statements_of(trigger, sqlite), ElementsAre(trigger));
    EXPECT_THAT(statements_of(trigger + " -- c\n ;", sqlite), ElementsAre(trigger));
}

TEST(Cut, TemporaryTriggersAreTriggers) {
    const std::string rest = " TRIGGER IF NOT EXISTS r BEFORE DELETE ON t BEGIN SELECT 1; END";
    EXPECT_THAT(statements_of("create temp" + rest + "; b", sqlite), ElementsAre("create temp" + rest, "b"));
    EXPECT_THAT(statements_of("CREATE TEMPORARY" + rest + "; b", sqlite), ElementsAre("CREATE TEMPORARY" + rest, "b"));
}

TEST(Cut, NeitherCaseNorColumnsNamedEndEndATrigger) {
    const std::string trigger =
        "CREATE TRIGGER r AFTER UPDATE ON t WHEN CASE new.a WHEN 1 THEN 1 END BEGIN UPDATE t SET a = CASE WHEN 1 THEN "
        "2 END; "
        "SELECT CASE 1 WHEN 1 THEN 2 END; SELECT end FROM t; SELECT 1 AS end; END";
    EXPECT_THAT(statements_of(trigger + "; b", sqlite), ElementsAre(trigger, "b"));
}

TEST(Cut, ATriggerWithoutABodyDoesNotSwallowWhatFollows) {
    EXPECT_THAT(statements_of("CREATE TRIGGER r AFTER INSERT ON t; b", sqlite), SizeIs(2));
}

TEST(Cut, ATriggerOfPostgresqlHasNoBody) {
    EXPECT_THAT(statements_of("CREATE TRIGGER r AFTER INSERT ON t EXECUTE FUNCTION begin(); b", postgresql), SizeIs(2));
}

TEST(Cut, DeepNestingCostsNoMoreThanItsLength) {
    std::string text = "CREATE FUNCTION f() BEGIN ATOMIC ";
    for (int i = 0; i < 200000; ++i) text += "CASE (";
    EXPECT_THAT(statements_of(text + "; a", postgresql), SizeIs(1));
    EXPECT_THAT(statements_of(std::string(200000, ';'), sqlite), IsEmpty());
}

}  // namespace
}  // namespace varve::generator
