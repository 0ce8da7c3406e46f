#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <source/text_file.hpp>
#include <string>

namespace varve::generator {
namespace {

TEST(TextFile, DropsOneByteOrderMarkAtTheStart) {
    EXPECT_EQ(text_file("a.sql", "\xEF\xBB\xBFSELECT 1").text(), "SELECT 1");
    EXPECT_EQ(text_file("a.sql", "\xEF\xBB\xBF\xEF\xBB\xBFx").text(), "\xEF\xBB\xBFx");
    EXPECT_EQ(text_file("a.sql", "x\xEF\xBB\xBF").text(), "x\xEF\xBB\xBF");
}

TEST(TextFile, TurnsWindowsLineEndsIntoLinefeedsAndKeepsLoneCarriageReturns) {
    EXPECT_EQ(text_file("a.sql", "a\r\nb\r\n").text(), "a\nb\n");
    EXPECT_EQ(text_file("a.sql", "a\rb\n\r").text(), "a\rb\n\r");
    EXPECT_EQ(text_file("a.sql", "a\r\r\n").text(), "a\r\n");
}

TEST(TextFile, KeepsNulBytesForTheLexerToReport) {
    EXPECT_EQ(text_file("a.sql", std::string_view("a\0b", 3)).text(), std::string_view("a\0b", 3));
}

TEST(TextFile, CountsLinesAndCodePointsFromOne) {
    const text_file file("a.sql", "caf\xC3\xA9 x\nsecond\n");
    EXPECT_EQ(file.position_of(0).line, 1U);
    EXPECT_EQ(file.position_of(0).column, 1U);
    EXPECT_EQ(file.position_of(6).column, 6U);
    EXPECT_EQ(file.position_of(7).line, 1U);
    EXPECT_EQ(file.position_of(8).line, 2U);
    EXPECT_EQ(file.position_of(8).column, 1U);
}

TEST(TextFile, EveryPlaceInALongLineIsFound) {
    std::string line;
    while (line.size() < 200'000) line += "ab\xC3\xA9\xF0\x9F\x90\x98";
    const text_file file("a.sql", "first\n" + line);
    std::uint32_t column = 0;
    for (std::size_t offset = 0; offset < line.size(); ++offset) {
        const bool begins_code_point = (static_cast<unsigned char>(line[offset]) & 0xC0U) != 0x80U;
        if (!begins_code_point) continue;
        ASSERT_EQ(file.position_of(6 + offset).column, ++column) << offset;
    }
}

TEST(TextFile, TheEndOfTheTextIsAValidPlace) {
    EXPECT_EQ(text_file("a.sql", "ab").position_of(2).column, 3U);
    EXPECT_EQ(text_file("a.sql", "ab\n").position_of(3).line, 2U);
    EXPECT_EQ(text_file("a.sql", "").position_of(0).line, 1U);
    EXPECT_EQ(text_file("a.sql", "ab").position_of(99).column, 3U);
    EXPECT_EQ(text_file().position_of(0).line, 1U);
}

TEST(TextFile, APlaceCarriesPathAndSourceLineForTheCaret) {
    const location where = text_file("migrations/0001_a.sql", "one\ntwo three\nfour").location_of(8);
    EXPECT_EQ(where.path, "migrations/0001_a.sql");
    EXPECT_EQ(where.line, 2U);
    EXPECT_EQ(where.column, 5U);
    EXPECT_EQ(where.source_line, "two three");
}

TEST(TextFile, AVeryLongLineIsNotCopiedIntoAPlace) {
    EXPECT_EQ(text_file("a.sql", std::string(5000, 'x')).location_of(10).source_line, "");
}

TEST(ReadBytes, ReturnsTheRawContents) {
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "varve_read_bytes.sql";
    const std::string bytes =
        "\xEF\xBB\xBF"
        "a\r\n" +
        std::string(100000, 'b');
    std::ofstream(path, std::ios::binary) << bytes;
    std::string why;
    EXPECT_EQ(read_bytes(path, why), bytes);
    std::filesystem::remove(path);
}

TEST(ReadBytes, SaysWhyAFileCannotBeRead) {
    std::string why;
    EXPECT_EQ(read_bytes(std::filesystem::path(testing::TempDir()) / "not-there.sql", why), std::nullopt);
    EXPECT_EQ(why, "No such file or directory");
    EXPECT_EQ(read_bytes(testing::TempDir(), why), std::nullopt);
    EXPECT_EQ(why, "it is a directory");
    EXPECT_EQ(read_bytes("/dev/zero", why), std::nullopt);
    EXPECT_EQ(why, "it is not a regular file");
}

}  // namespace
}  // namespace varve::generator
