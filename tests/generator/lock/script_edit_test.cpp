#include <gtest/gtest.h>

#include <lock/script_edit.hpp>

#include <string>

namespace varve::generator {
namespace {

/// What is said about an edit, and the text that its place is at.
std::string said(std::string_view before, std::string_view now, engine_kind dialect = engine_kind::sqlite) {
    const script_edit edit = compare_scripts(before, now, dialect);
    const std::string place = edit.offset ? std::string(now.substr(*edit.offset, 12)) : "nowhere";
    return place + "\n" + edit.lines;
}

TEST(ScriptEdit, ShowsTheChangedStatementBeforeAndAfter) {
    EXPECT_EQ(said("CREATE TABLE a (x);\nCREATE TABLE b (x INTEGER);\nCREATE TABLE c (x);",
                   "CREATE TABLE a (x);\nCREATE TABLE b (x TEXT);\nCREATE TABLE c (x);"),
              "CREATE TABLE\n- CREATE TABLE b (x INTEGER)\n+ CREATE TABLE b (x TEXT)");
}

TEST(ScriptEdit, IsAtTheFirstStatementThatChanged) {
    const script_edit edit =
        compare_scripts("SELECT 1; SELECT 2; SELECT 3;", "SELECT 1; SELECT 4; SELECT 5;", engine_kind::sqlite);
    EXPECT_EQ(edit.offset, 10U);
    EXPECT_EQ(edit.lines, "- SELECT 2\n+ SELECT 4\n- SELECT 3\n+ SELECT 5");
}

TEST(ScriptEdit, AnAddedStatementStandsAlone) {
    EXPECT_EQ(said("SELECT 1; SELECT 3;", "SELECT 1; SELECT 2; SELECT 3;"), "SELECT 2; SE\n+ SELECT 2");
    EXPECT_EQ(said("", "SELECT 1"), "SELECT 1\n+ SELECT 1");
}

TEST(ScriptEdit, ARemovedStatementIsWhereItWouldBe) {
    EXPECT_EQ(said("SELECT 1; SELECT 2; SELECT 3;", "SELECT 1; SELECT 3;"), "SELECT 3;\n- SELECT 2");
    EXPECT_EQ(said("SELECT 1; SELECT 2;", "SELECT 1; -- end"), "; -- end\n- SELECT 2");
    EXPECT_EQ(said("SELECT 1;", "-- nothing"), "nowhere\n- SELECT 1");
}

TEST(ScriptEdit, WhatIsTheSameOnBothSidesIsNoEdit) {
    EXPECT_EQ(said("A; B; C; D; E;", "A; X; B; C; E;"), "X; B; C; E;\n+ X\n- D");
}

TEST(ScriptEdit, WhatDoesNotCountIsNoEdit) {
    EXPECT_EQ(said("SELECT 1;", "-- one\nSELECT\n  1 ;;"), "nowhere\n");
    EXPECT_EQ(said("SELECT 1; SELECT 2", "/* x */ SELECT 1; SELECT 3"), "SELECT 3\n- SELECT 2\n+ SELECT 3");
}

TEST(ScriptEdit, StatementsAreShownInOneLineWithoutComments) {
    EXPECT_EQ(said("CREATE TABLE a (\n  x, -- the x\n  y\n);", "CREATE TABLE a (\n  x\n);"),
              "CREATE TABLE\n- CREATE TABLE a ( x, y )\n+ CREATE TABLE a ( x )");
}

TEST(ScriptEdit, ALineEndInsideAStringIsSeen) {
    EXPECT_EQ(said("SELECT 'a\nb';", "SELECT 'a b';"), "SELECT 'a b'\n- SELECT 'a\\nb'\n+ SELECT 'a b'");
    EXPECT_EQ(said("SELECT 'a'\n'b';", "SELECT 'a' 'b';", engine_kind::postgresql),
              "SELECT 'a' '\n- SELECT 'a'\\n'b'\n+ SELECT 'a' 'b'");
}

TEST(ScriptEdit, ALongStatementIsShownAroundTheDifference) {
    const std::string columns(300, 'c');
    EXPECT_EQ(said("SELECT " + columns + ", a, " + columns, "SELECT " + columns + ", b, " + columns).substr(13),
              "- ..." + std::string(38, 'c') + ", a, " + std::string(77, 'c') + "...\n" +  //
                  "+ ..." + std::string(38, 'c') + ", b, " + std::string(77, 'c') + "...");
}

TEST(ScriptEdit, ALongStatementIsNeverCutInsideACharacter) {
    std::string letters;
    for (int i = 0; i < 100; ++i) letters += "\xC3\xA9";
    for (int i = 0; i < 2; ++i) {
        const std::string odd(static_cast<std::size_t>(i), 'x');
        const std::string shown = said("SELECT '" + odd + letters + "a'", "SELECT '" + odd + letters + "b'");
        EXPECT_EQ(shown.find("...\xA9"), std::string::npos);
        EXPECT_EQ(shown.find("\xC3..."), std::string::npos);
        EXPECT_NE(shown.find("\xA9"
                             "b'"),
                  std::string::npos);
    }
}

TEST(ScriptEdit, OnlyTheFirstFewAreShown) {
    EXPECT_EQ(said("A;B;C;D;", "E;F;G;H;"), "E;F;G;H;\n- A\n+ E\n- B\n+ F\n- C\n+ G\nand 1 more statement");
    EXPECT_EQ(said("", "A;B;C;D;E;"), "A;B;C;D;E;\n+ A\n+ B\n+ C\nand 2 more statements");
}

TEST(ScriptEdit, TwoLongScriptsWithNothingInCommonAreComparedQuickly) {
    std::string before;
    std::string now;
    for (int i = 0; i < 5000; ++i) {
        before += "SELECT " + std::to_string(i) + ";";
        now += "SELECT x" + std::to_string(i) + ";";
    }
    EXPECT_TRUE(compare_scripts(before, now, engine_kind::sqlite).lines.ends_with("and 4997 more statements"));
}

TEST(ScriptEdit, OfWhatIsNoSqlIsShownAsFarAsItIs) {
    EXPECT_EQ(said("SELECT 1; SELECT 2;", "SELECT 1; SELECT 'open"), "SELECT 'open\n- SELECT 2\n+ SELECT");
}

}  // namespace
}  // namespace varve::generator
