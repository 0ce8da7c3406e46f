#include <gtest/gtest.h>

#include <source/diagnostic.hpp>
#include <sstream>
#include <string>

namespace varve::generator {
namespace {

location place(std::string path, std::uint32_t line = 2, std::uint32_t column = 3) {
    return {.path = std::move(path), .line = line, .column = column, .source_line = "never shown"};
}

std::string printed(diagnostic shown) {
    diagnostics all;
    all.report(std::move(shown));
    std::ostringstream out;
    print(out, all, output_format::github);
    return out.str();
}

diagnostic problem(location where, std::string message) {
    return {.level = severity::error,
            .code = "M106",
            .where = std::move(where),
            .message = std::move(message),
            .hint = {},
            .notes = {}};
}

TEST(GitHub, AnErrorIsACommandWithItsPlaceAndCode) {
    EXPECT_EQ(printed(problem(place("migrations/0003_index.sql", 12, 8), "it cannot")),
              "::error file=migrations/0003_index.sql,line=12,col=8,title=M106::it cannot\n");
}

TEST(GitHub, WarningsAndNotesAreCommandsOfTheirOwn) {
    diagnostic shown = problem(place("a.sql"), "m");
    shown.level = severity::warning;
    EXPECT_EQ(printed(shown), "::warning file=a.sql,line=2,col=3,title=M106::m\n");
    shown.level = severity::note;
    EXPECT_EQ(printed(shown), "::notice file=a.sql,line=2,col=3,title=M106::m\n");
}

TEST(GitHub, TheHintFollowsInTheSameMessage) {
    diagnostic shown = problem(place("a.sql"), "no");
    shown.hint = "either this\nor that";
    EXPECT_EQ(printed(shown), "::error file=a.sql,line=2,col=3,title=M106::no%0Ahint: either this%0Aor that\n");
}

TEST(GitHub, DetailsStandBeforeTheHint) {
    diagnostic shown = problem(place("a.sql"), "edited");
    shown.details = "- a%\n+ b";
    shown.hint = "h";
    EXPECT_EQ(printed(shown), "::error file=a.sql,line=2,col=3,title=M106::edited%0A- a%25%0A+ b%0Ahint: h\n");
}

TEST(GitHub, SecondPlacesAreNotices) {
    diagnostic shown = problem(place("b.sql"), "twice");
    shown.notes.push_back({place("a.sql", 1, 2), "first here"});
    EXPECT_EQ(printed(shown),
              "::error file=b.sql,line=2,col=3,title=M106::twice\n"
              "::notice file=a.sql,line=1,col=2,title=M106::first here\n");
}

TEST(GitHub, WhatWouldEndACommandIsEscaped) {
    EXPECT_EQ(printed(problem(place("a, b:c%d.sql", 0, 0), "100% of a, b: c\r\n::error::no")),
              "::error file=a%2C b%3Ac%25d.sql,line=1,col=1,title=M106::100%25 of a, b: "
              "c\xEF\xBF\xBD\xEF\xBF\xBD::error::no\n");
}

TEST(GitHub, BytesThatAreNoTextAreReplaced) {
    EXPECT_EQ(printed(problem(place("\xC3\xA9.sql"), "\x1B[31m\xE9t\xC3\xA9")),
              "::error file=\xC3\xA9.sql,line=2,col=3,title=M106::\xEF\xBF\xBD[31m\xEF\xBF\xBDt\xC3\xA9\n");
}

TEST(GitHub, WithoutAPlaceThereIsOnlyTheTitle) { EXPECT_EQ(printed(problem({}, "no")), "::error title=M106::no\n"); }

TEST(GitHub, OfNothingIsNothing) {
    std::ostringstream out;
    print(out, diagnostics{}, output_format::github);
    EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace varve::generator
