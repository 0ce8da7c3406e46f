// What no statement and no text may contain, with the exact place.
#include "classified.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::generator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::hint;
using testing_support::message;
using testing_support::places;

constexpr engine_kind postgresql = engine_kind::postgresql;
constexpr engine_kind sqlite = engine_kind::sqlite;

TEST(StatementChecks, TextThatIsNotUtf8IsRefusedWithItsByte) {
    EXPECT_THAT(places("SELECT 1;\n-- caf\xE9\n", postgresql), ElementsAre("2:7 M103"));
    EXPECT_EQ(message("-- caf\xE9\n", postgresql), "the byte 0xE9 is not UTF-8 here");
    EXPECT_THAT(places(std::string_view("a\n b\0", 5), sqlite), ElementsAre("2:3 M103"));
    EXPECT_EQ(message(std::string_view("\xFF\xFE"
                                       "a\0",
                                       4),
                      sqlite),
              "the file is UTF-16, a script must be UTF-8");
}

TEST(StatementChecks, EveryPsqlMetaCommandIsRefusedByName) {
    EXPECT_THAT(places("\\i a.sql\nSELECT 1;\n  \\copy t from 'x'\n\\.\n\\", postgresql),
                ElementsAre("1:1 M104", "3:3 M104", "4:1 M104", "5:1 M104"));
    EXPECT_EQ(message("\\copy t from 'x'", postgresql), "`\\copy` is a command of psql, not SQL");
    EXPECT_THAT(hint("\\copy t from 'x'", postgresql), HasSubstr("INSERT"));
    EXPECT_THAT(hint("\\ir a", postgresql), HasSubstr("a migration of its own"));
    EXPECT_THAT(hint("\\connect a", postgresql), HasSubstr("the program is connected to"));
    EXPECT_THAT(hint("\\dt", postgresql), HasSubstr("the server does not know it"));
    EXPECT_EQ(message("a \\ b", postgresql), "a backslash outside quotes is not SQL");
    EXPECT_EQ(message("\\i a", sqlite), "a backslash outside quotes is not SQL");
}

TEST(StatementChecks, CommandsOfTheSqliteShellAreRefusedByName) {
    EXPECT_THAT(places("SELECT 1;\n.read other.sql\nSELECT ?;", sqlite), ElementsAre("2:1 M104"));
    EXPECT_EQ(message(".mode csv", sqlite), "`.mode` is a command of the sqlite3 shell, not SQL");
    EXPECT_THAT(places("SELECT a.b, .5, t . c FROM a . t", sqlite), IsEmpty());
}

TEST(StatementChecks, WhatIsNotClosedIsReportedAtItsOpening) {
    EXPECT_THAT(places("a;\nb 'c;\n\nd", postgresql), ElementsAre("2:3 M111"));
    EXPECT_EQ(message("'a", postgresql),
              "the string that begins here with `'` is not closed before the end of the file");
    EXPECT_EQ(message("\"a", sqlite),
              "the quoted name that begins here with `\"` is not closed before the end of the file");
    EXPECT_EQ(message("a $x$ b", postgresql),
              "the dollar quote that begins here with `$x$` is not closed before the end of the file");
    EXPECT_EQ(message("/* /* */", postgresql),
              "the comment that begins here with `/*` is not closed before the end of the file");
    EXPECT_THAT(hint("[a", sqlite), HasSubstr("close it with `]`"));
    EXPECT_THAT(hint("/* /* */", postgresql), HasSubstr("nest"));
}

TEST(StatementChecks, ALoneCarriageReturnIsRefused) {
    EXPECT_THAT(places("a\n-- b\rc", sqlite), ElementsAre("2:5 M112"));
}

TEST(StatementChecks, BytesThatAreNoSqlAreRefused) {
    EXPECT_THAT(places("SELECT $;", postgresql), ElementsAre("1:8 M113"));
    EXPECT_THAT(places("SELECT $ FROM t;", sqlite), ElementsAre("1:8 M113"));
    EXPECT_THAT(places("CREATE SCHEMA {{ name }};\n}", postgresql), ElementsAre("1:15 M113", "2:1 M113"));
    EXPECT_THAT(places("a ]", sqlite), ElementsAre("1:3 M113"));
    EXPECT_THAT(places("a : b", sqlite), ElementsAre("1:3 M113"));
    EXPECT_THAT(places("a \x01", sqlite), ElementsAre("1:3 M113"));
    EXPECT_EQ(message("\x01", postgresql), "a control character (1) is not SQL");
    EXPECT_THAT(places("a[1] '{' }", postgresql), ElementsAre("1:10 M113"));
}

TEST(StatementChecks, BoundParametersOfPostgresqlAreRefused) {
    EXPECT_THAT(places("INSERT INTO t VALUES ($1,\n $2)", postgresql), ElementsAre("1:23 M114", "2:2 M114"));
    EXPECT_EQ(message("SELECT $12", postgresql), "`$12` is a bound parameter, and nobody binds a value to it");
    EXPECT_THAT(places("SELECT a ? 'b', c ?| d, @ -1, x::int, y[1:2], z[:3], f(n := 1)", postgresql), IsEmpty());
}

TEST(StatementChecks, TheArgumentsOfRoutinesAndPreparedStatementsAreNotBoundParameters) {
    EXPECT_THAT(places("CREATE FUNCTION f(int) RETURNS int RETURN $1;", postgresql), IsEmpty());
    EXPECT_THAT(places("CREATE OR REPLACE PROCEDURE p(int) BEGIN ATOMIC INSERT INTO t VALUES ($1); END;", postgresql),
                IsEmpty());
    EXPECT_THAT(places("PREPARE q(int) AS SELECT $1; EXECUTE q(1);", postgresql), IsEmpty());
    EXPECT_THAT(places("CREATE FUNCTION f() AS $$ SELECT $1 $$;", postgresql), IsEmpty());
}

TEST(StatementChecks, EveryBoundParameterOfSqliteIsRefused) {
    EXPECT_THAT(places("SELECT ?, ?1, :a, @b, $c, #d, x=?", sqlite),
                ElementsAre("1:8 M114", "1:11 M114", "1:15 M114", "1:19 M114", "1:23 M114", "1:27 M114", "1:33 M114"));
    EXPECT_EQ(message("SELECT x=:name", sqlite), "`:name` is a bound parameter, and nobody binds a value to it");
    EXPECT_EQ(message("SELECT ?12", sqlite), "`?12` is a bound parameter, and nobody binds a value to it");
    EXPECT_EQ(message("SELECT $name", sqlite), "`$name` is a bound parameter, and nobody binds a value to it");
    EXPECT_THAT(places("SELECT '?', a -> 'b', c ->> '$.d', \"$e\", [:f], x$y", sqlite), IsEmpty());
}

TEST(StatementChecks, CopyingFromOrToTheClientIsRefused) {
    EXPECT_THAT(places("COPY t (a, b) FROM STDIN WITH (FORMAT csv);", postgresql), ElementsAre("1:20 M115"));
    EXPECT_THAT(places("COPY (SELECT a FROM stdin) TO STDOUT;", postgresql), ElementsAre("1:31 M115"));
    EXPECT_THAT(places("COPY t FROM '/tmp/x'; COPY t TO PROGRAM 'x'; SELECT a FROM stdin;", postgresql), IsEmpty());
}

TEST(StatementChecks, NothingBehindACopyFromTheClientIsJudgedBecauseItMayBeData) {
    EXPECT_THAT(places("\\set x\nCOPY t FROM stdin;\n1\t{\t$\n\\.\nSELECT $1;", postgresql),
                ElementsAre("1:1 M104", "2:13 M115"));
}

TEST(StatementChecks, MalformedVariablesAreRefused) {
    EXPECT_THAT(places("SELECT ${1};", postgresql), ElementsAre("1:8 M116"));
    EXPECT_THAT(message("SELECT ${a b};", sqlite), HasSubstr("`${a b}` is not a variable"));
    EXPECT_THAT(message("SELECT ${", sqlite), HasSubstr("`${` is not a variable"));
    EXPECT_THAT(places("SELECT ${a}'b';", postgresql), ElementsAre("1:8 M116"));
}

TEST(StatementChecks, StringsMustKeepTheirStandardMeaning) {
    EXPECT_THAT(places("SET standard_conforming_strings = off;", postgresql), ElementsAre("1:5 M118"));
    EXPECT_THAT(places("set session standard_conforming_strings to 'OFF';", postgresql), ElementsAre("1:13 M118"));
    EXPECT_THAT(places("SET LOCAL \"standard_conforming_strings\" = 0;", postgresql), ElementsAre("1:11 M118"));
    EXPECT_THAT(places("ALTER DATABASE d SET standard_conforming_strings TO false;", postgresql),
                ElementsAre("1:22 M118"));
    EXPECT_THAT(places("SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false);", postgresql),
                ElementsAre("1:30 M118"));
    EXPECT_THAT(places("SET standard_conforming_strings = on; SET standard_conforming_strings TO DEFAULT; RESET "
                       "standard_conforming_strings; SELECT set_config('search_path', '', false);",
                       postgresql),
                IsEmpty());
}

}  // namespace
}  // namespace varve::generator
