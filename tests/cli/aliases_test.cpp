#include <gtest/gtest.h>
#include <cli/aliases.hpp>
#include <cli/command.hpp>
#include <cli/parse.hpp>

#include <string>

namespace varve::cli {
namespace {

TEST(Aliases, EachIsACommandOfOurs) {
    for (const auto& each : all_aliases()) {
        EXPECT_NE(find_command(each.ours), nullptr) << each.theirs;
        EXPECT_EQ(find_command(each.theirs), nullptr) << each.theirs;
    }
}

TEST(Aliases, ACommandOfOursIsNeverExplainedAway) {
    for (const auto& each : all_commands()) EXPECT_EQ(way_instead_of(each.name), "") << each.name;
    for (const auto& each : all_aliases()) EXPECT_EQ(way_instead_of(each.theirs), "") << each.theirs;
}

TEST(Aliases, AnArgumentIsAPlaceOrACount) {
    EXPECT_EQ(parse({"upgrade", "7"}).to->number(), 7);
    EXPECT_TRUE(parse({"upgrade", "+2"}).to->is_next());
    EXPECT_TRUE(parse({"up", "2"}).to->is_next());
    EXPECT_EQ(parse({"downgrade", "-2"}).last, 2U);
    EXPECT_EQ(parse({"down", "2", "--yes"}).last, 2U);
    EXPECT_TRUE(parse({"downgrade", "base"}).to->is_base());
    EXPECT_TRUE(parse({"stamp", "head"}).to->is_newest());
    EXPECT_FALSE(parse({"upgrade"}).to.has_value());
}

TEST(Aliases, HowFarIsSaidOnce) {
    EXPECT_THROW(static_cast<void>(parse({"upgrade", "7", "--to", "8"})), usage_problem);
    EXPECT_THROW(static_cast<void>(parse({"down", "1", "--last", "2"})), usage_problem);
    EXPECT_THROW(static_cast<void>(parse({"rollback", "--to", "-1", "--last", "2"})), usage_problem);
}

}  // namespace
}  // namespace varve::cli
