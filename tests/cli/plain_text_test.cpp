#include <gtest/gtest.h>
#include <cli/plain_text.hpp>

namespace varve::cli {
namespace {

using namespace std::chrono_literals;

TEST(PlainText, ShowsNoControlCharacters) {
    EXPECT_EQ(printable("a\x1b[31mb"), "a?[31mb");
    EXPECT_EQ(printable("two\nlines\tand a tab"), "two lines and a tab");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "?31m");
    EXPECT_EQ(printable("größe €"), "größe €");
}

TEST(PlainText, KeepsLinesWhereAMessageHasSome) {
    EXPECT_EQ(printable_lines("one\n  two\x1b\n"), "one\n  two?\n");
    EXPECT_EQ(printable_lines(""), "");
}

TEST(PlainText, CountsCodePoints) {
    EXPECT_EQ(width_of(""), 0U);
    EXPECT_EQ(width_of("größe"), 5U);
}

TEST(PlainText, ShortensAtACodePoint) {
    EXPECT_EQ(shortened("SELECT 1", 8), "SELECT 1");
    EXPECT_EQ(shortened("SELECT\n    1", 8), "SELECT 1");
    EXPECT_EQ(shortened("größe der Hose", 8), "größe...");
    EXPECT_EQ(shortened("ääääää", 5), "ää...");
}

TEST(PlainText, SaysDurationsInTheUnitOfAPerson) {
    EXPECT_EQ(duration_text(0ms), "0 ms");
    EXPECT_EQ(duration_text(999ms), "999 ms");
    EXPECT_EQ(duration_text(1999ms), "1.9 s");
    EXPECT_EQ(duration_text(59'999ms), "59.9 s");
    EXPECT_EQ(duration_text(125'000ms), "2 min 5 s");
    EXPECT_EQ(duration_text(-1ms), "0 ms");
}

TEST(PlainText, ShowsTheLedgersTimes) {
    EXPECT_EQ(time_text("2026-01-07T09:30:00.123Z"), "2026-01-07 09:30:00");
    EXPECT_EQ(time_text("2026-01-07T09:30:00Z"), "2026-01-07 09:30:00");
    EXPECT_EQ(time_text("yesterday"), "yesterday");
}

TEST(PlainText, CountsNouns) {
    EXPECT_EQ(counted(0, "step"), "0 steps");
    EXPECT_EQ(counted(1, "step"), "1 step");
    EXPECT_EQ(counted(2, "step"), "2 steps");
}

}  // namespace
}  // namespace varve::cli
