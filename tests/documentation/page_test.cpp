#include "page.hpp"

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

TEST(Page, FindsBlocksWithTheirFileNames) {
    const auto blocks = fenced_blocks("text\n```sql migrations/0001_a.sql\nSELECT 1;\n```\n```sh\nls\nls -l\n```\n");
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].language, "sql");
    EXPECT_EQ(blocks[0].label, "migrations/0001_a.sql");
    EXPECT_EQ(blocks[0].text, "SELECT 1;\n");
    EXPECT_EQ(blocks[0].line, 2U);
    EXPECT_EQ(blocks[1].language, "sh");
    EXPECT_EQ(blocks[1].label, "");
    EXPECT_EQ(blocks[1].text, "ls\nls -l\n");
}

TEST(Page, FindsLinksToOtherFiles) {
    EXPECT_THAT(relative_links("[a](docs/a.md), [b](b.md#part) [c](#here) [d](https://example.org/d.md)"),
                ::testing::ElementsAre("docs/a.md", "b.md"));
}

TEST(Page, ComparesWholeOutputs) {
    EXPECT_TRUE(is_as_shown("a\nb\n", "a\nb\n"));
    EXPECT_FALSE(is_as_shown("a\n", "a\nb\n"));
    EXPECT_FALSE(is_as_shown("a\nb\n", "a\n"));
}

TEST(Page, DotsStandForAnythingWithinALine) {
    EXPECT_TRUE(is_as_shown("took ... ms, done ...\n", "took 12 ms, done now\n"));
    EXPECT_FALSE(is_as_shown("took ... ms\n", "took 12 s\n"));
}

TEST(Page, ALineOfDotsStandsForAnyLines) {
    EXPECT_TRUE(is_as_shown("a\n...\nd\n", "a\nb\nc\nd\n"));
    EXPECT_TRUE(is_as_shown("a\n...\nd\n", "a\nd\n"));
    EXPECT_FALSE(is_as_shown("a\n...\nd\n", "a\nb\nc\n"));
}

}  // namespace
}  // namespace varve::testing
