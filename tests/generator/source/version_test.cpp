#include <gtest/gtest.h>

#include <source/version.hpp>
#include <vector>

namespace varve::generator {
namespace {

TEST(Version, IsWhatTheDigitsSayWhateverTheZerosInFront) {
    EXPECT_EQ(parse_version("7"), 7);
    EXPECT_EQ(parse_version("0007"), 7);
    EXPECT_EQ(parse_version("20260107093000"), 20260107093000);
    EXPECT_EQ(parse_version("999999999999999999"), 999999999999999999);
}

TEST(Version, HasOneToEighteenDigitsAndIsAtLeastOne) {
    EXPECT_EQ(parse_version(""), std::nullopt);
    EXPECT_EQ(parse_version("0"), std::nullopt);
    EXPECT_EQ(parse_version("000000000000000000"), std::nullopt);
    EXPECT_EQ(parse_version("1000000000000000000"), std::nullopt);
    EXPECT_EQ(parse_version("+7"), std::nullopt);
    EXPECT_EQ(parse_version("-7"), std::nullopt);
    EXPECT_EQ(parse_version("7 "), std::nullopt);
    EXPECT_EQ(parse_version("1.2"), std::nullopt);
}

TEST(Version, AFreeCounterIsOneMoreThanTheHighestCounter) {
    const std::vector<std::int64_t> taken = {1, 2, 9, 20260107093000};
    EXPECT_EQ(free_version_after({.value = 2, .width = 4}, taken), "0010");
}

TEST(Version, AFreeTimestampIsTheNextOneThatNobodyTook) {
    const std::vector<std::int64_t> taken = {1, 20260107093000, 20260107093001};
    EXPECT_EQ(free_version_after({.value = 20260107093000, .width = 14}, taken), "20260107093002");
}

TEST(Version, TheFirstOneHasFourDigits) { EXPECT_EQ(free_version_after({.value = 0, .width = 0}, {}), "0001"); }

TEST(Version, ACounterMayOutgrowItsWidth) {
    EXPECT_EQ(free_version_after({.value = 99, .width = 2}, std::vector<std::int64_t>{99}), "100");
}

}  // namespace
}  // namespace varve::generator
