#include <gtest/gtest.h>
#include <cli/suggestion.hpp>

#include <array>
#include <string>

namespace varve::cli {
namespace {

constexpr std::array<std::string_view, 3> words{"status", "rollback", "log"};

TEST(Suggestion, FindsAWordWithAFewMistakes) {
    EXPECT_EQ(nearest("stauts", words), "status");
    EXPECT_EQ(nearest("rolback", words), "rollback");
    EXPECT_EQ(nearest("logs", words), "log");
}

TEST(Suggestion, FindsNothingForAnotherWord) {
    EXPECT_EQ(nearest("zebra", words), "");
    EXPECT_EQ(nearest("x", words), "");
    EXPECT_EQ(nearest("", words), "");
}

TEST(Suggestion, DoesNotCompareEndlessWords) { EXPECT_EQ(nearest(std::string(1'000'000, 'x'), words), ""); }

}  // namespace
}  // namespace varve::cli
