#include <gtest/gtest.h>

#include <sql/utf8.hpp>
#include <string>

namespace varve::generator {
namespace {

TEST(Utf8, AcceptsEveryLengthAndTheirLimits) {
    EXPECT_EQ(first_invalid_utf8("plain ascii, longer than eight bytes"), std::nullopt);
    EXPECT_EQ(first_invalid_utf8("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"), std::nullopt);
    EXPECT_EQ(first_invalid_utf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), std::nullopt);
    EXPECT_EQ(first_invalid_utf8(""), std::nullopt);
}

TEST(Utf8, FindsTheFirstByteThatIsNone) {
    EXPECT_EQ(first_invalid_utf8("caf\xE9 au lait"), 3U);
    EXPECT_EQ(first_invalid_utf8("0123456789\x80"), 10U);
    EXPECT_EQ(first_invalid_utf8("\xFF"), 0U);
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatLiesAboveTheLastCodePoint) {
    EXPECT_EQ(first_invalid_utf8("\xC0\x80"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xC1\xBF"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xE0\x9F\xBF"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xED\xA0\x80"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xF0\x8F\xBF\xBF"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0U);
    EXPECT_EQ(first_invalid_utf8("\xF5\x80\x80\x80"), 0U);
}

TEST(Utf8, RefusesWhatEndsTooEarly) {
    EXPECT_EQ(first_invalid_utf8("a\xC3"), 1U);
    EXPECT_EQ(first_invalid_utf8("a\xE2\x82"), 1U);
    EXPECT_EQ(first_invalid_utf8("a\xE2\x82x"), 1U);
    EXPECT_EQ(first_invalid_utf8("a\xF0\x9F\x98 "), 1U);
}

}  // namespace
}  // namespace varve::generator
