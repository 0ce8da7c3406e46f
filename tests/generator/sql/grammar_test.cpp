// What PostgreSQL's grammar says, and how bad that is.
#include <sql/classify.hpp>
#include <sql/postgresql_parser.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr engine_kind postgresql = engine_kind::postgresql;

struct reviewed {
    classified_script script;
    std::vector<diagnostic> found;

    explicit reviewed(std::string_view text, classify_terms terms = {}) {
        terms.dialect = postgresql;
        const text_file file("0001_a.sql", text);
        diagnostics out;
        known_objects nothing;
        script = classify(file, lex(file.text(), postgresql), terms, nothing, out);
        found = out.sorted();
    }

    [[nodiscard]] std::vector<std::string> codes() const {
        std::vector<std::string> result;
        for (const diagnostic& each : found) result.push_back(each.code);
        return result;
    }
};

classify_terms for_target(int version) {
    classify_terms terms;
    terms.grammar.target_version = version;
    return terms;
}

parsed_statement parse(const std::string& statement) { return parse_postgresql(std::span(&statement, 1)).front(); }

std::string deep_expression(std::size_t depth) {
    std::string text = "SELECT 1";
    for (std::size_t i = 0; i < depth; ++i) text += "+1";
    return text;
}

TEST(Grammar, ATreeIsTheNodeOfTheStatementAlone) {
    const std::string tree = parse("CREATE TABLE a (id int)").tree;
    EXPECT_THAT(tree, ::testing::StartsWith(R"({"CreateStmt":{"relation":{)"));
    EXPECT_EQ(tree.back(), '}');
    EXPECT_EQ(tree.find("stmt_len"), std::string::npos);
}

TEST(Grammar, PlacesInATreeCountBytesFromTheStatementsBeginning) {
    const reviewed script("-- größer\nSELECT 1;\n  SELECT 'é', b FROM a");
    ASSERT_THAT(script.script.statements, SizeIs(2));
    EXPECT_THAT(script.script.statements[1].tree,
                HasSubstr(R"({"relname":"a","inh":true,"relpersistence":"p","location":20})"));
}

TEST(Grammar, ATextThatIsSeveralStatementsHasNoTree) {
    EXPECT_EQ(parse("SELECT 1; SELECT 2").tree, "");
    EXPECT_EQ(parse("").tree, "");
}

TEST(Grammar, MessagesAreOneLineThatEndsBetweenCharacters) {
    const std::string long_name = "SELECT 1 \"" + std::string(200, 'a') + "ééééé\" 2";
    EXPECT_LT(parse("SELECT 1 2 '" + std::string(500, 'x') + "\nmore'").failure->message.size(), 170U);
    const std::string message = parse("SELEC '" + std::string(500, 'x') + "\n'").failure->message;
    EXPECT_EQ(message, "syntax error at or near \"SELEC\"");
    EXPECT_EQ(parse("SELECT (1 'a\nb')").failure->message.find('\n'), std::string::npos);
    EXPECT_TRUE(parse(long_name).failure);
}

TEST(Grammar, ACommentWhereTheParserExpectsNoneIsNoMistake) {
    for (const std::string_view text :
         {"SELECT 1 NOT /* c */ IN (1)", "SELECT now() AT TIME -- c\n ZONE 'UTC'", "SELECT 'a' -- c\n 'b'",
          "SELECT a FROM b ORDER BY a NULLS /* c */ FIRST", "CREATE TABLE a (b timestamp WITH -- c\n TIME ZONE)"}) {
        const reviewed script(text);
        EXPECT_THAT(script.codes(), IsEmpty()) << text;
        EXPECT_NE(script.script.statements.front().tree, "") << text;
    }
    EXPECT_THAT(reviewed("SELECT 'a' /* c\n */ 'b'").codes(), ElementsAre("M101"));
}

TEST(Grammar, AVariableIsAnIdentifierToIt) {
    EXPECT_THAT(reviewed("CREATE TABLE ${schema}.a (id int)").codes(), IsEmpty());
    EXPECT_THAT(reviewed("CREATE TABLE ${schema}.log_${name}_2 (id int)").codes(), IsEmpty());
    const reviewed wrong("SELECT 1 FROM a b ${name};");
    ASSERT_THAT(wrong.codes(), ElementsAre("M101"));
    EXPECT_EQ(wrong.found.front().message, "syntax error at or near \"${name}\"");
}

TEST(Grammar, AServerThatIsNewerMakesMistakesWarnings) {
    const int own = *postgresql_parser_version();
    EXPECT_EQ(reviewed("SELEC 1").found.front().level, severity::error);
    EXPECT_EQ(reviewed("SELEC 1", for_target(own)).found.front().level, severity::error);
    EXPECT_EQ(reviewed("SELEC 1", for_target(own - 1)).found.front().level, severity::error);
    const reviewed newer("SELEC 1", for_target(own + 1));
    EXPECT_EQ(newer.found.front().level, severity::warning);
    EXPECT_THAT(newer.found.front().hint, HasSubstr("PG_TARGET_VERSION is " + std::to_string(own + 1)));
    EXPECT_EQ(reviewed("DO $$ BEGIN SELEC 1; END $$", for_target(own + 1)).found.front().level, severity::warning);
}

TEST(Grammar, AReleasedScriptIsOnlyWarnedAbout) {
    for (const std::string_view text : {"SELEC 1", "DO $$ BEGIN SELEC 1; END $$", "SELECT 1; VACUUM"}) {
        classify_terms released;
        released.standing = script_standing::released;
        released.asked = transaction_mode::transaction;
        const reviewed script(text, released);
        ASSERT_THAT(script.found, SizeIs(1)) << text;
        EXPECT_EQ(script.found.front().level, severity::warning) << text;
    }
}

TEST(Grammar, WhatIsAllowedIsNotReportedInItsScopeAndSaysThatItWasNeeded) {
    const std::string_view text = "SELECT 1;\nSELEC 2;\nSELEC 3;";
    classify_terms one;
    one.accepted = {{.code = "M101", .offset = 10}, {.code = "M102", .offset = {}}};
    const reviewed for_one(text, one);
    EXPECT_THAT(for_one.codes(), ElementsAre("M101"));
    EXPECT_EQ(for_one.found.front().where.line, 3U);
    EXPECT_TRUE(for_one.script.accepted[0].used);
    EXPECT_FALSE(for_one.script.accepted[1].used);
    classify_terms all;
    all.accepted = {{.code = "M101", .offset = {}}};
    EXPECT_THAT(reviewed(text, all).codes(), IsEmpty());
}

TEST(Grammar, OnlyBodiesInPlpgsqlAreCompiled) {
    for (const std::string_view text :
         {"DO LANGUAGE plpython3u 'SELEC'", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'nothing of SQL'",
          "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql", "CREATE FUNCTION f() RETURNS int",
          "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'library', 'symbol'", "DO LANGUAGE 'plpgsql' 'BEGIN END'"}) {
        EXPECT_THAT(reviewed(text).codes(), IsEmpty()) << text;
    }
}

TEST(Grammar, ACrashOfTheParserIsAWarningAboutItsStatementAndTheOthersKeepTheirTrees) {
    const reviewed script("SELECT 1;\n" + deep_expression(200'000) + ";\nSELEC 2;\nSELECT 3;");
    EXPECT_NE(script.script.statements[0].tree, "");
    EXPECT_EQ(script.script.statements[1].tree, "");
    EXPECT_NE(script.script.statements[3].tree, "");
    ASSERT_THAT(script.codes(), ElementsAre("M121", "M101"));
    EXPECT_EQ(script.found[0].where.line, 2U);
    EXPECT_EQ(script.found[0].level, severity::warning);
    // Since 18 the parser gives up where it crashed before.
    const bool crashes = *postgresql_parser_version() < 18;
    EXPECT_THAT(script.found[0].message, HasSubstr(crashes ? "Segmentation fault" : "stack depth limit"));
}

TEST(Grammar, ATreeTooDeepForRecursionIsNoTree) {
    EXPECT_NE(parse(deep_expression(100)).tree, "");
    const parsed_statement deep = parse(deep_expression(deepest_tree));
    EXPECT_EQ(deep.tree, "");
    EXPECT_FALSE(deep.failure);
}

std::vector<std::string> outside_in(std::string_view text) {
    classify_terms terms;
    terms.asked = transaction_mode::no_transaction;
    const reviewed script(text, terms);
    std::vector<std::string> result;
    for (const classified_statement& each : script.script.statements) {
        if (!each.transactional) result.emplace_back(text.substr(each.offset, each.size));
    }
    return result;
}

// What a server without another one beside it cannot be asked; the rest is in transaction_on_postgresql_test.cpp.
TEST(Grammar, SubscriptionsThatTouchAnotherServerCannotRunInATransaction) {
    for (const char* text :
         {"DROP SUBSCRIPTION s", "ALTER SUBSCRIPTION s REFRESH PUBLICATION", "ALTER SUBSCRIPTION s ADD PUBLICATION p",
          "ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (copy_data = false)",
          "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = true)", "ALTER SUBSCRIPTION s SET (two_phase = on)",
          "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = true, enabled = false)"}) {
        EXPECT_THAT(outside_in(text), ElementsAre(text));
    }
    for (const char* text : {"ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = off)",
                             "ALTER SUBSCRIPTION s OWNER TO a", "ALTER SUBSCRIPTION s SET (slot_name = NONE)"}) {
        EXPECT_THAT(outside_in(text), IsEmpty()) << text;
    }
}

TEST(Grammar, WhatIsPartitionedAndWhatCommitsIsFollowedThroughItsNamesUntilItIsDropped) {
    EXPECT_THAT(outside_in("CREATE TABLE a (i int) PARTITION BY LIST (i); CREATE INDEX b ON a (i);"
                           "REINDEX TABLE a; REINDEX INDEX b; ALTER TABLE a SET SCHEMA x; REINDEX TABLE a;"
                           "REINDEX TABLE x.a; ALTER INDEX b RENAME TO c; REINDEX INDEX c; DROP TABLE x.a;"
                           "REINDEX TABLE x.a; REINDEX INDEX c"),
                ElementsAre("REINDEX TABLE a", "REINDEX INDEX b", "REINDEX TABLE x.a", "REINDEX INDEX c"));
    EXPECT_THAT(outside_in("CREATE PROCEDURE x.p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p(); CALL x.p();"
                           "ALTER PROCEDURE x.p SET SCHEMA public; CALL p(); DROP PROCEDURE p; CALL p()"),
                ElementsAre("CALL x.p()", "CALL p()"));
    EXPECT_THAT(outside_in("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;"
                           "CREATE OR REPLACE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN END $$; CALL p()"),
                IsEmpty());
}

TEST(Grammar, TheWordsOfABodyAreReadWhereItsCompilerRefusesIt) {
    EXPECT_THAT(outside_in("DO $$ DECLARE c refcursor; BEGIN unknown := 1; COMMIT; END $$"), SizeIs(1));
    EXPECT_THAT(outside_in("DO $$ BEGIN unknown := 'COMMIT;'; END $$"), IsEmpty());
}

}  // namespace
}  // namespace varve::generator
