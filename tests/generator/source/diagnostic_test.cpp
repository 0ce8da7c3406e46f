#include <gtest/gtest.h>

#include <source/diagnostic.hpp>
#include <sstream>
#include <string>

namespace varve::generator {
namespace {

location place(std::uint32_t line, std::uint32_t column, std::string source_line = "") {
    return {.path = "migrations/0003_index_email.sql",
            .line = line,
            .column = column,
            .source_line = std::move(source_line)};
}

diagnostic problem(location where, std::string message) {
    return {.level = severity::error,
            .code = "M106",
            .where = std::move(where),
            .message = std::move(message),
            .hint = {},
            .notes = {}};
}

std::string printed(const diagnostic& shown, output_format format = output_format::text) {
    diagnostics all;
    all.report(shown);
    std::ostringstream out;
    print(out, all, format);
    return out.str();
}

TEST(Diagnostic, IsPrintedWithItsLineACaretAndAHint) {
    diagnostic shown = problem(place(2, 1, "CREATE INDEX CONCURRENTLY users_email ON users (email);"),
                               "CREATE INDEX CONCURRENTLY cannot run inside a transaction");
    shown.hint = "move it to a migration of its own; varve then runs it without one";
    EXPECT_EQ(printed(shown),
              "migrations/0003_index_email.sql:2:1: error: CREATE INDEX CONCURRENTLY cannot run inside a transaction "
              "[M106]\n"
              "  CREATE INDEX CONCURRENTLY users_email ON users (email);\n"
              "  ^\n"
              "  hint: move it to a migration of its own; varve then runs it without one\n");
}

TEST(Diagnostic, TabsStayTabsBelowTheLineSoThatTheCaretLinesUp) {
    EXPECT_EQ(printed(problem(place(1, 4, "\ta\tb"), "no")),
              "migrations/0003_index_email.sql:1:4: error: no [M106]\n  \ta\tb\n  \t \t^\n");
}

TEST(Diagnostic, TheCaretCountsCodePointsNotBytes) {
    EXPECT_EQ(printed(problem(place(1, 3, "\xC3\xA9\xC3\xA9x"), "no")),
              "migrations/0003_index_email.sql:1:3: error: no [M106]\n  \xC3\xA9\xC3\xA9x\n    ^\n");
}

TEST(Diagnostic, TheCaretMayStandBehindTheEndOfTheLine) {
    EXPECT_EQ(printed(problem(place(1, 3, "ab"), "no")),
              "migrations/0003_index_email.sql:1:3: error: no [M106]\n  ab\n    ^\n");
}

TEST(Diagnostic, AFileAsAWholeIsPrintedAsItsFirstCharacterWithoutACaret) {
    EXPECT_EQ(printed(problem(place(0, 0), "stray file")),
              "migrations/0003_index_email.sql:1:1: error: stray file [M106]\n");
}

TEST(Diagnostic, NotesFollowWithTheirOwnPlace) {
    diagnostic shown = problem(place(3, 1, "b"), "twice");
    shown.notes.push_back({.where = place(1, 2, "aa"), .message = "first here"});
    EXPECT_EQ(printed(shown),
              "migrations/0003_index_email.sql:3:1: error: twice [M106]\n  b\n  ^\n"
              "migrations/0003_index_email.sql:1:2: note: first here\n  aa\n   ^\n");
}

TEST(Diagnostic, LinesOfAHintStandOneBelowTheOther) {
    diagnostic shown = problem(place(0, 0), "no");
    shown.hint = "either this\nor that";
    EXPECT_EQ(printed(shown),
              "migrations/0003_index_email.sql:1:1: error: no [M106]\n  hint: either this\n        or that\n");
}

TEST(Diagnostic, DetailsStandBetweenTheLineAndTheHint) {
    diagnostic shown = problem(place(1, 1, "b"), "edited");
    shown.details = "- \x1B[1ma\n+ b";
    shown.hint = "h";
    EXPECT_EQ(printed(shown),
              "migrations/0003_index_email.sql:1:1: error: edited [M106]\n  b\n  ^\n"
              "  - \xEF\xBF\xBD[1ma\n  + b\n  hint: h\n");
}

TEST(Diagnostic, ALongLineIsShownAroundItsCaret) {
    const std::string text = printed(problem(place(1, 501, std::string(500, 'a') + "X" + std::string(500, 'b')), "no"));
    EXPECT_EQ(text, "migrations/0003_index_email.sql:1:501: error: no [M106]\n  ..." + std::string(100, 'a') + "X" +
                        std::string(60, 'b') + "...\n  " + std::string(103, ' ') + "^\n");
}

TEST(Diagnostic, WhatATerminalWouldObeyOrCouldNotShowIsReplaced) {
    EXPECT_EQ(printed(problem(place(1, 1, "\x1B[31m\xE9t\xED\xA0\x80"), "no")),
              "migrations/0003_index_email.sql:1:1: error: no [M106]\n"
              "  \xEF\xBF\xBD[31m\xEF\xBF\xBDt\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n  ^\n");
}

TEST(Diagnostic, JsonIsOneArrayOfObjects) {
    diagnostic shown = problem(place(3, 7, "b"), "say \"no\"\n\\ \x01\xE9");
    shown.hint = "h";
    shown.details = "- a\n+ b";
    shown.notes.push_back({.where = place(0, 0), .message = "m"});
    EXPECT_EQ(printed(shown, output_format::json),
              "[\n  {\"severity\": \"error\", \"code\": \"M106\", \"path\": \"migrations/0003_index_email.sql\", "
              "\"line\": 3, "
              "\"column\": 7, \"message\": \"say \\\"no\\\"\\n\\\\ \\u0001\xEF\xBF\xBD\", \"details\": \"- a\\n+ b\", "
              "\"hint\": \"h\", \"notes\": "
              "[{\"path\": "
              "\"migrations/0003_index_email.sql\", \"line\": 1, \"column\": 1, \"message\": \"m\"}]}\n]\n");
}

TEST(Diagnostic, JsonOfNothingIsAnEmptyArray) {
    std::ostringstream out;
    print(out, diagnostics{}, output_format::json);
    EXPECT_EQ(out.str(), "[]\n");
}

TEST(Diagnostics, AreSortedByPlaceAndKeepTheirOrderAtTheSamePlace) {
    diagnostics all;
    all.report(problem(place(2, 1), "c"));
    all.report(problem(place(1, 9), "a"));
    all.report(problem(place(1, 9), "b"));
    const auto sorted = all.sorted();
    EXPECT_EQ(sorted[0].message + sorted[1].message + sorted[2].message, "abc");
}

TEST(Diagnostics, OnlyErrorsAreErrors) {
    diagnostics all;
    diagnostic warning = problem(place(1, 1), "w");
    warning.level = severity::warning;
    all.report(warning);
    EXPECT_FALSE(all.any_errors());
    EXPECT_EQ(all.count(severity::warning), 1U);
    all.report(problem(place(1, 1), "e"));
    EXPECT_TRUE(all.any_errors());
}

}  // namespace
}  // namespace varve::generator
