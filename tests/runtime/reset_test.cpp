#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const built_history& two() {
    static const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    return shop;
}

TEST(Reset, RevertsEverythingAndAppliesItAgain) {
    shop_database db;
    (void)migrate(db.direct, two().get());
    EXPECT_THAT(steps(reset(db.direct, two().get()).done), ElementsAre("revert 2", "revert 1", "apply 1", "apply 2"));
    EXPECT_EQ(check(db.direct, two().get()), database_state::current);
}

TEST(Reset, LeavesWhatOthersMade) {
    shop_database db;
    const built_history other("auth", engine_kind::sqlite, {table(9)});
    (void)migrate(db.direct, {other.get(), two().get()});
    db.data.execute_by_hand("CREATE TABLE by_hand");
    (void)reset(db.direct, two().get());
    EXPECT_TRUE(db.data.has_table("by_hand"));
    EXPECT_EQ(check(db.direct, other.get()), database_state::current);
    EXPECT_THAT(db.data.active(), ElementsAre("auth 9 applied", "shop 1 applied", "shop 2 applied"));
}

TEST(Reset, IsOfNothingWhereADownIsMissing) {
    shop_database db;
    auto first = table(1);
    first.down.clear();
    const built_history shop("shop", engine_kind::sqlite, {first, table(2)});
    (void)migrate(db.direct, shop.get());
    const auto why = refused([&] { (void)reset(db.direct, shop.get()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("irreversible 1"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Reset, OnlySaysWhatItWouldDoInADryRun) {
    shop_database db;
    (void)migrate(db.direct, two().get());
    options how = impatient();
    how.mode = run_mode::dry;
    const report planned = reset(db.direct, two().get(), how);
    EXPECT_THAT(steps(planned.done), ElementsAre("revert 2", "revert 1"));
    EXPECT_THAT(planned.notes, ElementsAre(HasSubstr("applied again")));
    EXPECT_EQ(check(db.direct, two().get()), database_state::current);
}

TEST(Protection, ForbidsAResetUntilItEnds) {
    shop_database db;
    (void)migrate(db.direct, two().get());
    EXPECT_EQ(protection_of(db.direct), protection::off);
    options how = impatient();
    how.reason = "customers are on it";
    set_protection(db.direct, two().get(), protection::on, how);
    EXPECT_EQ(protection_of(db.direct), protection::on);
    EXPECT_EQ(refused([&] { (void)reset(db.direct, two().get()); }).code, error_code::is_protected);
    EXPECT_EQ(log(db.direct, two().get()).back().reason, "customers are on it");
    set_protection(db.direct, two().get(), protection::off);
    EXPECT_EQ(protection_of(db.direct), protection::off);
    (void)reset(db.direct, two().get());
}

TEST(Protection, LeavesNothingPending) {
    shop_database db;
    (void)migrate(db.direct, two().get());
    set_protection(db.direct, two().get(), protection::on);
    EXPECT_EQ(check(db.direct, two().get()), database_state::current);
    EXPECT_THAT(migrate(db.direct, two().get()).done, IsEmpty());
}

TEST(Protection, NeedsALedger) {
    shop_database db;
    const auto why = refused([&] { set_protection(db.direct, two().get(), protection::on); });
    EXPECT_EQ(why.code, error_code::invalid_argument);
    EXPECT_THAT(why.hint, HasSubstr("migrate"));
}

TEST(Protection, IsWrittenAlthoughAnotherProcessWasFaster) {
    shop_database db;
    (void)migrate(db.direct, two().get());
    fake_engine other(db.data);
    bool once = true;
    db.data.scope = lock_scope::transaction;
    db.data.before_perform = [&] {
        if (!std::exchange(once, false)) return;
        set_protection(other, two().get(), protection::off);
    };
    set_protection(db.direct, two().get(), protection::on);
    EXPECT_EQ(protection_of(db.direct), protection::on);
}

TEST(MigrateNext, AppliesSoMany) {
    shop_database db;
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    options how = impatient();
    how.to = target::next(2);
    EXPECT_THAT(steps(migrate(db.direct, shop.get(), how).done), ElementsAre("apply 1", "apply 2"));
    EXPECT_THAT(steps(migrate(db.direct, shop.get(), how).done), ElementsAre("apply 3"));
    EXPECT_THAT(migrate(db.direct, shop.get(), how).done, IsEmpty());
}

TEST(MigrateNext, PullsForwardWhatIsNeededFirst) {
    shop_database db;
    auto second = table(2);
    second.depends = {{"auth", 9}};
    const built_history shop("shop", engine_kind::sqlite, {second});
    const built_history auth("auth", engine_kind::sqlite, {table(9)});
    options how = impatient();
    how.to = target::next(1);
    EXPECT_THAT(steps(migrate(db.direct, {shop.get(), auth.get()}, how).done), ElementsAre("apply 9"));
}

TEST(MigrateNext, DoesNotMindWhatStandsFurtherOn) {
    shop_database db;
    const built_history newer("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    const built_history first("shop", engine_kind::sqlite, {table(3)});
    (void)migrate(db.direct, first.get());
    options how = impatient();
    how.to = target::next(1);
    how.when_out_of_order = out_of_order::allow;
    EXPECT_THAT(steps(migrate(db.direct, newer.get(), how).done), ElementsAre("apply 1"));
}

}  // namespace
}  // namespace varve::testing
