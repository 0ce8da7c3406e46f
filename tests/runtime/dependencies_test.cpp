#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

migration_text needing(migration_text from, std::vector<dependency> needs) {
    from.depends = std::move(needs);
    return from;
}

std::vector<std::string> order(const plan& made) {
    std::vector<std::string> result;
    for (const auto& each : made.steps) result.push_back(std::string(each.owner->name) + " " + each.name);
    return result;
}

TEST(Dependencies, PullAnotherHistoryForwardAsFarAsNeeded) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), needing(table(2), {{"auth", 11}}), table(3)});
    const built_history auth("auth", engine_kind::sqlite, {table(10), table(11), table(12)});
    const plan made = make_plan({shop.get(), auth.get()}, {});
    EXPECT_THAT(order(made), ElementsAre("shop t1", "auth t10", "auth t11", "shop t2", "shop t3", "auth t12"));
}

TEST(Dependencies, AreSatisfiedByWhatIsApplied) {
    const built_history auth("auth", engine_kind::sqlite, {table(10)});
    const built_history shop("shop", engine_kind::sqlite, {needing(table(1), {{"auth", 10}})});
    shop_database db;
    (void)migrate(db.direct, auth.get());
    EXPECT_THAT(order(make_plan(shop.get(), db.data.snapshot())), ElementsAre("shop t1"));
}

TEST(Dependencies, AreAProblemIfNobodyHasThem) {
    const built_history shop("shop", engine_kind::sqlite, {needing(table(1), {{"auth", 10}})});
    const plan made = make_plan(shop.get(), {});
    EXPECT_THAT(kinds(made.problems), ElementsAre("dependency 1"));
    EXPECT_THAT(made.problems[0].message, HasSubstr("auth 10"));
}

TEST(Dependencies, MayNotGoInACircle) {
    const built_history shop("shop", engine_kind::sqlite, {needing(table(1), {{"auth", 10}})});
    const built_history auth("auth", engine_kind::sqlite, {needing(table(10), {{"shop", 1}})});
    const plan made = make_plan({shop.get(), auth.get()}, {});
    ASSERT_EQ(made.problems.size(), 1U);
    EXPECT_EQ(made.problems[0].kind, problem_kind::dependency);
}

TEST(Dependencies, ArePulledForAVersionToo) {
    const built_history shop("shop", engine_kind::sqlite, {needing(table(1), {{"auth", 10}}), table(2)});
    const built_history auth("auth", engine_kind::sqlite, {table(10), table(11)});
    const plan made = make_plan({shop.get(), auth.get()}, {}, {.to = target::version(1)});
    EXPECT_THAT(order(made), ElementsAre("auth t10", "shop t1"));
}

TEST(Dependencies, KeepWhatOthersNeedFromBeingReverted) {
    const built_history auth("auth", engine_kind::sqlite, {table(10)});
    const built_history shop("shop", engine_kind::sqlite, {table(1), needing(table(2), {{"auth", 10}, {"", 1}})});
    shop_database db;
    (void)migrate(db.direct, {auth.get(), shop.get()});
    const auto why = refused([&] { (void)rollback(db.direct, auth.get(), rollback_to::base()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("depended_on 10"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("shop 2 t2"));
    EXPECT_THAT(steps(rollback(db.direct, {auth.get(), shop.get()}, rollback_to::base()).done),
                ElementsAre("revert 2", "revert 1", "revert 10"));
}

}  // namespace
}  // namespace varve::testing
