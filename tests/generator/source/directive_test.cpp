#include <gtest/gtest.h>

#include <generator/found.hpp>
#include <source/directive.hpp>
#include <string>

namespace varve::generator {
namespace {

struct read_result {
    directives said;
    diagnostics found;
};

read_result read(std::string_view text, direction which = direction::up) {
    const text_file file("m/0007_x.sql", text);
    read_result result;
    result.said = read_directives(file, lex(file.text(), engine_kind::postgresql), which, result.found);
    return result;
}

std::string refusal(std::string_view text, direction which = direction::up) { return printed(read(text, which).found); }

TEST(Directive, AllOfThemAreReadFromTheHead) {
    const auto [said, found] = read(
        "-- Why this is needed.\n"
        "-- varve: no-transaction\n"
        "/* and more */ -- varve: depends 3, 5,auth:0007\n"
        "--varve: description  Add user preferences \n"
        "-- varve: irreversible\n"
        "-- varve: breaks-older\n"
        "-- varve: lock-timeout 10s\n"
        "-- varve: statement-timeout 5 min\n"
        "-- varve: allow M201 the table is empty\n"
        "-- varve: allow M202 as is this one\n"
        "SELECT 1;\n");
    EXPECT_EQ(printed(found), "");
    EXPECT_EQ(said.mode, transaction_mode::no_transaction);
    ASSERT_EQ(said.depends.size(), 3U);
    EXPECT_EQ(said.depends[0].history, "");
    EXPECT_EQ(said.depends[1].version, 5);
    EXPECT_EQ(said.depends[1].where.line, 3U);
    EXPECT_EQ(said.depends[1].where.column, 37U);
    EXPECT_EQ(said.depends[2].history, "auth");
    EXPECT_EQ(said.depends[2].version, 7);
    EXPECT_EQ(said.description, "Add user preferences");
    EXPECT_TRUE(said.irreversible);
    EXPECT_TRUE(said.breaks_older);
    EXPECT_EQ(said.limits.lock_timeout, 10'000);
    EXPECT_EQ(said.limits.statement_timeout, 300'000);
    ASSERT_EQ(said.allowed.size(), 2U);
    EXPECT_EQ(said.allowed[0].code, "M201");
    EXPECT_EQ(said.allowed[0].reason, "the table is empty");
}

TEST(Directive, LimitsOfTimeBelongToEachDirection) {
    const auto [said, found] = read("-- varve: lock-timeout 0\nDROP TABLE users;", direction::down);
    EXPECT_EQ(printed(found), "");
    EXPECT_EQ(said.limits.lock_timeout, 0);
    EXPECT_EQ(said.limits.statement_timeout, script_limits::not_given);
}

TEST(Directive, ATimeWithoutItsUnitIsAnError) {
    EXPECT_EQ(refusal("-- varve: lock-timeout 10\nSELECT 1;"),
              "m/0007_x.sql:1:24: error: `10` is not a time [M011]\n"
              "  -- varve: lock-timeout 10\n"
              "                         ^\n"
              "  hint: write a whole number and its unit (ms, s, min, h), at most 24 days: -- varve: lock-timeout 10s; "
              "0 is no limit\n");
    EXPECT_NE(refusal("-- varve: statement-timeout\n"), "");
    EXPECT_NE(refusal("-- varve: statement-timeout -5s\n"), "");
    EXPECT_NE(refusal("-- varve: statement-timeout 1d\n"), "");
    EXPECT_NE(refusal("-- varve: statement-timeout 597h\n"), "");
    EXPECT_NE(refusal("-- varve: statement-timeout 99999999999999999999s\n"), "");
    EXPECT_EQ(refusal("-- varve: statement-timeout 596h\n"), "");
}

TEST(Directive, ALimitGivenTwiceIsAnError) {
    EXPECT_NE(refusal("-- varve: lock-timeout 10s\n-- varve: lock-timeout 20s\n").find("[M013]"), std::string::npos);
}

TEST(Directive, AFileWithoutStatementsIsAllHead) {
    EXPECT_EQ(read("-- varve: irreversible\n").said.irreversible, true);
    EXPECT_EQ(read("-- varve: irreversible").said.irreversible, true);
}

TEST(Directive, AMisspelledOneIsAnErrorWithASuggestion) {
    EXPECT_EQ(refusal("\n  -- varve: no_transacton\nSELECT 1;"),
              "m/0007_x.sql:2:13: error: there is no directive `no_transacton` [M010]\n"
              "    -- varve: no_transacton\n"
              "              ^\n"
              "  hint: did you mean `no-transaction`?\n");
}

TEST(Directive, AnUnknownOneIsAnErrorThatNamesTheKnownOnes) {
    EXPECT_EQ(refusal("-- varve: timeout 5s"),
              "m/0007_x.sql:1:11: error: there is no directive `timeout` [M010]\n"
              "  -- varve: timeout 5s\n"
              "            ^\n"
              "  hint: the words are: no-transaction, transaction, depends, description, irreversible, breaks-older, "
              "compatible, lock-timeout, statement-timeout, allow\n");
}

TEST(Directive, AfterTheFirstStatementIsAnError) {
    EXPECT_EQ(
        refusal("SELECT 1;\n-- varve: no-transaction\n"),
        "m/0007_x.sql:2:4: error: a directive after the first statement has no effect [M012]\n"
        "  -- varve: no-transaction\n"
        "     ^\n"
        "  hint: move it to the head of the file, before the first statement; only `allow` may stand elsewhere\n");
}

TEST(Directive, AllowMayStandBeforeAndInsideAStatement) {
    const auto [said, found] = read(
        "-- varve: allow M301 everywhere\n"
        "SELECT 1;\n"
        "-- varve: allow M201, M302 nobody uses it\n"
        "SELECT\n"
        "    -- varve: allow M303 nor this\n"
        "    2; -- varve: allow M304 on its line\n");
    EXPECT_EQ(codes(found), "");
    ASSERT_EQ(said.allowed.size(), 5U);
    EXPECT_EQ(said.allowed[0].scope, allow_scope::file);
    EXPECT_EQ(said.allowed[1].code, "M201");
    EXPECT_EQ(said.allowed[1].scope, allow_scope::statement);
    EXPECT_EQ(said.allowed[2].code, "M302");
    EXPECT_EQ(said.allowed[2].reason, "nobody uses it");
    EXPECT_EQ(said.allowed[2].where.line, 3U);
    EXPECT_EQ(said.allowed[2].where.column, 23U);
    EXPECT_EQ(said.allowed[3].reason, "nor this");
    EXPECT_EQ(said.allowed[4].reason, "on its line");
}

TEST(Directive, AllowBehindTheLastStatementIsAnError) {
    EXPECT_EQ(refusal("SELECT 1;\n-- varve: allow M201 x\n"),
              "m/0007_x.sql:2:4: error: `allow` behind the last statement has no effect [M012]\n"
              "  -- varve: allow M201 x\n"
              "     ^\n"
              "  hint: move it before the statement that it is about\n");
}

TEST(Directive, AllowsOfDifferentStatementsMayNameTheSameCode) {
    EXPECT_EQ(refusal("-- varve: allow M201 a\nSELECT 1;\n-- varve: allow M201 b\nSELECT 2;\n"), "");
}

TEST(Directive, InABlockCommentIsAnError) {
    EXPECT_EQ(refusal("/* Why.\n * varve: no-transaction\n */ SELECT 1;"),
              "m/0007_x.sql:2:4: error: a directive in a block comment has no effect [M012]\n"
              "   * varve: no-transaction\n"
              "     ^\n"
              "  hint: write it on a line of its own in the head of the file: -- varve: ...\n");
    EXPECT_EQ(codes(read("/* varve: irreversible */").found), "M012");
}

TEST(Directive, InsideAStringIsNoDirective) {
    EXPECT_EQ(refusal("SELECT '-- varve: nonsense';"), "");
    EXPECT_EQ(refusal("SELECT $$\n-- varve: nonsense\n$$;"), "");
}

TEST(Directive, ProseAboutVarveIsNoDirective) {
    EXPECT_EQ(refusal("-- varve is what applies this\n-- description: varve\n-- varved sediment: irreversible\n"), "");
}

TEST(Directive, WithoutItsColonOrInCapitalsIsAnError) {
    EXPECT_EQ(refusal("-- varve no-transaction"),
              "m/0007_x.sql:1:4: error: a directive begins with `varve:`, in small letters [M011]\n"
              "  -- varve no-transaction\n"
              "     ^\n"
              "  hint: write: -- varve: no-transaction\n");
    EXPECT_EQ(codes(read("-- Varve: irreversible").found), "M011");
    EXPECT_EQ(codes(read("-- varve : irreversible").found), "M011");
    EXPECT_EQ(codes(read("-- varve:").found), "M011");
}

TEST(Directive, TwiceIsAnError) {
    EXPECT_EQ(refusal("-- varve: depends 3\n-- varve: depends 5\n"),
              "m/0007_x.sql:2:4: error: `depends` is given twice [M013]\n"
              "  -- varve: depends 5\n"
              "     ^\n"
              "  hint: name all versions in one directive: -- varve: depends 3, 5\n");
    EXPECT_EQ(codes(read("-- varve: no-transaction\n-- varve: no-transaction\n").found), "M013");
    EXPECT_EQ(codes(read("-- varve: irreversible\n-- varve: irreversible\n").found), "M013");
    EXPECT_EQ(codes(read("-- varve: depends 3, 03\n").found), "M013");
    EXPECT_EQ(codes(read("-- varve: allow M201 a\n-- varve: allow M201 b\n").found), "M013");
}

TEST(Directive, BothModesContradictEachOther) {
    EXPECT_EQ(refusal("-- varve: transaction\n-- varve: no-transaction\n"),
              "m/0007_x.sql:2:4: error: `no-transaction` and `transaction` contradict each other [M013]\n"
              "  -- varve: no-transaction\n"
              "     ^\n"
              "  hint: delete one of them\n"
              "m/0007_x.sql:1:4: note: the other one is here\n"
              "  -- varve: transaction\n"
              "     ^\n");
}

TEST(Directive, AVersionThatIsNoneIsShownWhereItStands) {
    EXPECT_EQ(refusal("-- varve: depends 3 5\n"),
              "m/0007_x.sql:1:19: error: `3 5` is not a version [M011]\n"
              "  -- varve: depends 3 5\n"
              "                    ^\n"
              "  hint: versions are separated by commas, those of another history have its name in front: depends 3, "
              "auth:5\n");
    EXPECT_EQ(codes(read("-- varve: depends 3,,5").found), "M011");
    EXPECT_EQ(codes(read("-- varve: depends 3,").found), "M011");
    EXPECT_EQ(codes(read("-- varve: depends").found), "M011");
    EXPECT_EQ(codes(read("-- varve: depends auth:").found), "M011");
    EXPECT_EQ(codes(read("-- varve: depends 2auth:5").found), "M011");
    EXPECT_EQ(codes(read("-- varve: depends 0").found), "M011");
}

TEST(Directive, NeedsItsArguments) {
    EXPECT_EQ(codes(read("-- varve: description").found), "M011");
    EXPECT_EQ(codes(read("-- varve: description a\tb").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow M201").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow 201 reason").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow M201, reason").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow M201, M302").found), "M011");
    EXPECT_EQ(codes(read("-- varve: allow M201 M302 reason").found), "M011");
    EXPECT_EQ(codes(read("SELECT 1;\n-- varve: allow M201\nSELECT 2;").found), "M011");
}

TEST(Directive, ThatTakesNothingRefusesWhatFollows) {
    EXPECT_EQ(refusal("-- varve: irreversible because of the data"),
              "m/0007_x.sql:1:24: error: `irreversible` takes nothing after it [M011]\n"
              "  -- varve: irreversible because of the data\n"
              "                         ^\n"
              "  hint: put the reason into a comment of its own\n");
}

TEST(Directive, ADownScriptHasOnlyModeAndAllow) {
    EXPECT_EQ(refusal("-- varve: depends 3\n", direction::down),
              "m/0007_x.sql:1:4: error: `depends` says nothing in a down script [M014]\n"
              "  -- varve: depends 3\n"
              "     ^\n"
              "  hint: move it to the up script\n");
    EXPECT_EQ(codes(read("-- varve: irreversible\n", direction::down).found), "M014");
    EXPECT_EQ(codes(read("-- varve: description x\n", direction::down).found), "M014");
    EXPECT_EQ(codes(read("-- varve: breaks-older\n", direction::down).found), "M014");
    EXPECT_EQ(refusal("-- varve: no-transaction\n-- varve: allow M201 x\n", direction::down), "");
}

TEST(Directive, CommentsForOtherToolsAreErrors) {
    EXPECT_EQ(refusal("CREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n"),
              "m/0007_x.sql:2:4: error: this comment speaks to goose; varve would pass over it [M016]\n"
              "  -- +goose Down\n"
              "     ^\n"
              "  hint: put the way back into a file of its own, <version>_<name>.down.sql, and delete the comment\n");
    EXPECT_EQ(codes(read("-- migrate:down\nDROP TABLE t;\n").found), "M016");
    EXPECT_EQ(codes(read("-- +migrate Up notransaction\n").found), "M016");
    EXPECT_EQ(codes(read("-- no-transaction\nSELECT 1;").found), "M016");
    EXPECT_EQ(codes(read("-- no-transactional tables\nSELECT 1;").found), "");
}

TEST(Directive, EachProblemOfAFileIsReported) {
    EXPECT_EQ(codes(read("-- varve: nonsense\n-- varve: depends x, y\nSELECT 1; -- varve: irreversible\n").found),
              "M010 M011 M011 M012");
}

}  // namespace
}  // namespace varve::generator
