#include "postgresql/connection_string.hpp"
#include "postgresql/error_text.hpp"
#include "postgresql/script_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::postgresql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string shown(std::string_view given) { return examined(given, "varve").shown; }

TEST(ConnectionString, ShowsAUriWithoutItsPassword) {
    EXPECT_EQ(shown("postgresql://deploy:secret@db1:5432,db2/shop?sslmode=require"),
              "postgresql://deploy:***@db1:5432,db2/shop?sslmode=require");
    EXPECT_EQ(shown("postgres://deploy@/shop"), "postgres://deploy@/shop");
    EXPECT_EQ(shown("postgresql://"), "postgresql://");
    EXPECT_EQ(shown("postgresql://:secret@h"), "postgresql://:***@h");
    EXPECT_EQ(shown("postgresql://[::1]:5432/shop"), "postgresql://[::1]:5432/shop");
    EXPECT_EQ(shown("postgresql:///a@b"), "postgresql:///a@b");
}

TEST(ConnectionString, ShowsPairsWithoutThePassword) {
    EXPECT_EQ(shown("host=db1 password=secret dbname=shop"), "host=db1 dbname=shop");
    EXPECT_EQ(shown("password = 'it''s' host = db1"), "(a connection string that cannot be read)");
    EXPECT_EQ(shown(R"(password='a \'b\' c' host=db1)"), "host=db1");
    EXPECT_EQ(shown(R"(password=a\ secret dbname='two words')"), "dbname='two words'");
    EXPECT_EQ(shown(""), "(the default of PostgreSQL's client library)");
}

TEST(ConnectionString, NeverShowsWhateverMightBeAPassword) {
    for (const std::string_view given : {"postgresql://u:secret@h/db",
                                         "postgresql://u:my:secret@h/db",
                                         "postgresql://u:my@secret@h/db",
                                         "postgresql://u:my/secret@h/db",
                                         "postgresql://u:my?secret@h/db",
                                         "postgresql://u:12/secret@h/db",
                                         "postgresql://h/db?password=secret",
                                         "postgresql://h/db?user=u&pass%77ord=secret",
                                         "postgresql://h/db?sslpassword=secret",
                                         "postgresql://u:se%63ret@h/?x=secret",
                                         "pasword=secret",
                                         "PASSWORD=secret",
                                         "password=secret",
                                         "password = secret",
                                         "password='my secret'",
                                         "host=h password=my secret",
                                         "dbname=postgresql://u:secret@h/db",
                                         "just secret",
                                         "postgresql://u:secret",
                                         "sslpassword=secret"}) {
        EXPECT_THAT(shown(given), Not(HasSubstr("secret"))) << given;
        EXPECT_THAT(shown(given), Not(HasSubstr("se%63ret"))) << given;
    }
}

TEST(ConnectionString, AsksForUtf8WhateverItSays) {
    EXPECT_THAT(examined("postgresql://h/db", "varve x").used,
                "postgresql://h/db?client_encoding=UTF8&fallback_application_name=varve%20x");
    EXPECT_THAT(examined("postgresql://h/db?client_encoding=LATIN1", "v").used,
                HasSubstr("?client_encoding=LATIN1&client_encoding=UTF8"));
    EXPECT_EQ(examined("host=h", "it's").used, R"(fallback_application_name='it\'s' host=h client_encoding=UTF8)");
}

TEST(ConnectionString, KeepsSecretsOutOfAMessage) {
    const auto given = examined("postgresql://u:se%63ret@h/db", "varve");
    EXPECT_EQ(without_secrets("bad se%63ret, bad secret", given), "bad ***, bad ***");
}

statement one(std::string_view sql) {
    statement result;
    result.sql = sql;
    result.line = 10;
    result.column = 5;
    return result;
}

TEST(ErrorText, IsReadInAnyLanguage) {
    const auto text = read_error_text(
        "FEHLER:  Relation »x« existiert nicht\nZEILE 1: SELECT * FROM x\n                      ^\nKONTEXT:  etwas\n");
    EXPECT_EQ(text.message, "Relation »x« existiert nicht");
    const auto english = read_error_text("ERROR:  first\nsecond\nDETAIL:  d1\nd2\nHINT:  h\nCONTEXT:  c\nmore\n");
    EXPECT_EQ(english.message, "first second");
    EXPECT_EQ(english.detail, "d1 d2");
    EXPECT_EQ(english.hint, "h");
}

TEST(ErrorText, KeepsAMessageThatLooksLikeALabel) {
    EXPECT_EQ(read_error_text("ERROR:  invalid value \"a:  b\"\n").message, "invalid value \"a:  b\"");
}

TEST(PlaceOfError, IsAtTheCaretInAnyLanguage) {
    const auto found = place_of_error("FEHLER:  x\nZEILE 1: SELECT * FROM x\n                       ^\n", "42703",
                                      one("SELECT * FROM x"), sent::alone);
    EXPECT_EQ(found.line, 10U);
    EXPECT_EQ(found.column, 5U + 14U);
}

TEST(PlaceOfError, IsNotTakenFromTheTextOfAFunction) {
    const std::string text =
        "ERROR:  x\nLINE 1: SELECT nocol\n               ^\nQUERY:  SELECT nocol\nCONTEXT:  PL/pgSQL function f() line "
        "3 at "
        "RETURN\nSQL statement \"SELECT f()\"\nPL/pgSQL function inline_code_block line 2 at EXECUTE\n";
    const auto found = place_of_error(text, "42703", one("SELECT f()"), sent::in_block);
    EXPECT_EQ(found.line, 10U);
    EXPECT_EQ(found.column, 5U);
    EXPECT_EQ(line_of_outermost_block(text), 2U);
}

TEST(PlaceOfError, SurvivesAnyText) {
    for (const std::string_view text :
         {"", "\n", "^", "LINE 1: \n^", "LINE : x\n        ^", "LINE 99999999999999: x\n  ^", "inline_code_block",
          "inline_code_block line", "LINE 5: x\n        ^\n"}) {
        const auto found = place_of_error(text, "42703", one("DO $$\nx"), sent::in_block);
        EXPECT_GE(found.line, 10U) << text;
    }
}

TEST(DollarQuoted, NeverEndsEarly) {
    EXPECT_EQ(dollar_quoted("x"), "$varve$x$varve$");
    EXPECT_EQ(dollar_quoted("a $varve$ b"), "$varve0$a $varve$ b$varve0$");
    EXPECT_EQ(dollar_quoted("ends in $varve"), "$varve0$ends in $varve$varve0$");
    EXPECT_EQ(dollar_quoted("$varve0 $varve"), "$varve1$$varve0 $varve$varve1$");
}

}  // namespace
}  // namespace varve::postgresql
