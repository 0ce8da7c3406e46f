#include <lint/levels.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace varve::generator {
namespace {

lint_options options(std::vector<std::string> errors, std::vector<std::string> off = {}) {
    return {lint_profile::standard, std::move(errors), std::move(off)};
}

std::optional<severity> level(std::string_view code, const lint_options& under) {
    return level_of(*find_rule(code), under);
}

TEST(Levels, FollowTheProfile) {
    EXPECT_EQ(level("M108", {}), severity::error);
    EXPECT_EQ(level("M201", {}), severity::warning);
    EXPECT_EQ(level("M201", {lint_profile::online, {}, {}}), severity::error);
    EXPECT_EQ(level("M214", {}), std::nullopt);
    EXPECT_EQ(level("M214", {lint_profile::strict, {}, {}}), severity::warning);
    EXPECT_EQ(level("M108", {lint_profile::off, {}, {}}), std::nullopt);
}

TEST(Levels, APrefixMakesErrorsOfWhatIsOn) {
    EXPECT_EQ(level("M201", options({"M2"})), severity::error);
    EXPECT_EQ(level("M214", options({"M2"})), std::nullopt);
}

TEST(Levels, AWholeCodeTurnsItsRuleOn) { EXPECT_EQ(level("M214", options({"M214"})), severity::error); }

TEST(Levels, TheOneThatNamesMoreOfTheCodeCounts) {
    EXPECT_EQ(level("M201", options({"M2"}, {"M201"})), std::nullopt);
    EXPECT_EQ(level("M201", options({"M201"}, {"M2"})), severity::error);
    EXPECT_EQ(level("M202", options({"M201"}, {"M2"})), std::nullopt);
    EXPECT_EQ(level("M201", options({"M2"}, {"M2"})), std::nullopt);
}

TEST(Levels, AnEngineHasItsOwnRules) {
    const auto has = [](engine_kind engine, std::string_view code) {
        const auto active = active_rules({}, engine);
        return std::ranges::any_of(active, [&](const active_rule& each) { return each.checked->code == code; });
    };
    EXPECT_TRUE(has(engine_kind::postgresql, "M201"));
    EXPECT_FALSE(has(engine_kind::sqlite, "M201"));
    EXPECT_TRUE(has(engine_kind::sqlite, "M108"));
}

TEST(Levels, ACodeOrItsBeginningIsKnown) {
    EXPECT_EQ(why_no_rule("M201"), "");
    EXPECT_EQ(why_no_rule("M2"), "");
    EXPECT_EQ(why_no_rule("M"), "");
    EXPECT_EQ(why_no_rule("M281"), "no rule has the code `M281` or one that begins so; did you mean M201?");
    EXPECT_EQ(why_no_rule("X"), "no rule has the code `X` or one that begins so");
    EXPECT_NE(why_no_rule(""), "");
}

TEST(Levels, EveryRuleHasASlugOfItsOwn) {
    for (const rule& each : all_rules()) {
        const auto same = [&](const rule& other) { return other.slug == each.slug; };
        EXPECT_EQ(std::ranges::count_if(all_rules(), same), 1) << each.slug;
    }
}

}  // namespace
}  // namespace varve::generator
