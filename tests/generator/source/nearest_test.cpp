#include <gtest/gtest.h>

#include <source/nearest.hpp>
#include <string>

namespace varve::generator {
namespace {

std::string_view guessed(std::string_view word) {
    return nearest(word, {"no-transaction", "transaction", "depends", "allow"});
}

TEST(Nearest, FindsAWordUpToTwoTypingErrorsAway) {
    EXPECT_EQ(guessed("no-transacton"), "no-transaction");
    EXPECT_EQ(guessed("depnds"), "depends");
    EXPECT_EQ(guessed("dependson"), "depends");
}

TEST(Nearest, DoesNotMindCapitalsAndUnderscores) { EXPECT_EQ(guessed("NO_TRANSACTION"), "no-transaction"); }

TEST(Nearest, GuessesNothingFromAFarWord) {
    EXPECT_EQ(guessed("timeout"), "");
    EXPECT_EQ(guessed(""), "");
    EXPECT_EQ(guessed(std::string(100'000, 'x')), "");
}

}  // namespace
}  // namespace varve::generator
