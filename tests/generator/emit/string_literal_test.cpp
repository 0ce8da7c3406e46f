#include <emit/string_literal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <vector>

namespace varve::generator {
namespace {

std::vector<std::string> lines_of(std::string_view bytes) {
    std::string text;
    append_literal_lines(text, bytes, "\n");
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

TEST(StringLiteral, KeepsPlainTextReadable) { EXPECT_EQ(literal("SELECT 'a';"), R"("SELECT 'a';")"); }

TEST(StringLiteral, EscapesQuotesAndBackslashes) { EXPECT_EQ(literal("\"\\"), R"("\"\\")"); }

TEST(StringLiteral, LeavesNoTrigraph) { EXPECT_EQ(literal("?\?/"), R"("\?\?/")"); }

TEST(StringLiteral, EscapesWithThreeDigitsSoThatADigitMayFollow) {
    EXPECT_EQ(literal(std::string_view("\0001\x7F"
                                       "7\xC3\xA4",
                                       6)),
              R"("\0001\1777\303\244")");
}

TEST(StringLiteral, WritesWhiteSpaceByItsNames) { EXPECT_EQ(literal("\n\t\r"), R"("\n\t\r")"); }

TEST(StringLiteral, HasOnePieceForEachLine) {
    EXPECT_EQ(lines_of("a\n\nb"), (std::vector<std::string>{R"("a\n")", R"("\n")", R"("b")"}));
    EXPECT_EQ(lines_of("a\n"), (std::vector<std::string>{R"("a\n")"}));
}

TEST(StringLiteral, IsNothingForNoBytes) { EXPECT_TRUE(lines_of("").empty()); }

TEST(StringLiteral, CutsLongLines) {
    const auto lines = lines_of(std::string(9001, 'x'));
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].size(), longest_piece + 2);
    EXPECT_EQ(lines[2], '"' + std::string(1001, 'x') + '"');
}

TEST(StringLiteral, StaysBelowTheLimitOfMsvcEvenIfEveryByteIsEscaped) {
    for (const auto& line : lines_of(std::string(10'000, '\x01'))) EXPECT_LT(line.size(), 16'380U);
}

TEST(StringLiteral, DoesNotCutACharacter) {
    const auto lines = lines_of(std::string(longest_piece - 1, 'x') + "\xF0\x9F\x90\x98");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], '"' + std::string(longest_piece - 1, 'x') + '"');
    EXPECT_EQ(lines[1], R"("\360\237\220\230")");
}

TEST(StringLiteral, CutsBytesThatAreNoCharacters) {
    const auto lines = lines_of(std::string(longest_piece + 1, '\x80'));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1], R"("\200")");
}

}  // namespace
}  // namespace varve::generator
