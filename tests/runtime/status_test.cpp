#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Status, OfAnEmptyDatabaseIsPending) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const status_report now = status(db.counted, shop.get());
    EXPECT_FALSE(now.ledger_exists);
    EXPECT_EQ(now.state, database_state::pending);
    ASSERT_EQ(now.migrations.size(), 1U);
    EXPECT_TRUE(now.migrations[0].embedded);
    EXPECT_FALSE(now.migrations[0].applied);
    EXPECT_TRUE(now.migrations[0].reversible);
    EXPECT_THAT(db.counted.calls(), ElementsAre("read", "lock_holder"));
    EXPECT_FALSE(db.data.has_table("varve_ledger"));
}

TEST(Status, ShowsWhatIsAppliedAndWhatIsUnknownLast) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2)});
    const built_history after("shop", engine_kind::sqlite, {table(1), table(3)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const status_report now = status(db.direct, after.get());
    ASSERT_EQ(now.migrations.size(), 3U);
    EXPECT_TRUE(now.migrations[0].applied);
    EXPECT_EQ(now.migrations[0].entry->id, 2);
    EXPECT_EQ(now.migrations[1].version, 3);
    EXPECT_FALSE(now.migrations[1].applied);
    EXPECT_EQ(now.migrations[2].version, 2);
    EXPECT_FALSE(now.migrations[2].embedded);
    EXPECT_TRUE(now.migrations[2].applied);
    EXPECT_THAT(now.notes, ElementsAre(HasSubstr("2 t2")));
}

TEST(Status, ShowsTheTroubleOfEachMigration) {
    migration_text edited = table(1);
    edited.edit = "edited";
    const built_history before("shop", engine_kind::sqlite, {table(1), table(2)});
    const built_history after("shop", engine_kind::sqlite, {edited, table(2)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const status_report now = status(db.direct, after.get());
    EXPECT_EQ(now.state, database_state::diverged);
    EXPECT_EQ(now.migrations[0].trouble->kind, problem_kind::edited);
    EXPECT_FALSE(now.migrations[1].trouble.has_value());
    EXPECT_THAT(kinds(now.problems), ElementsAre("edited 1"));
}

TEST(Check, TakesOneCallIfCurrent) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_EQ(check(db.counted, shop.get()), database_state::current);
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current"));
}

TEST(Log, HoldsEverythingThatEverHappened) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    const built_history auth("auth", engine_kind::sqlite, {table(7)});
    shop_database db;
    (void)migrate(db.direct, {shop.get(), auth.get()});
    (void)rollback(db.direct, shop.get(), rollback_to::base());
    const auto rows = log(db.direct, shop.get());
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].state, entry_state::reverted);
    EXPECT_EQ(rows[1].kind, entry_kind::event);
    EXPECT_THAT(log(db.direct, {shop.get(), auth.get()}).size(), 3U);
}

TEST(Log, OfAMissingDatabaseIsEmpty) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    EXPECT_THAT(log(db.direct, shop.get()), IsEmpty());
}

}  // namespace
}  // namespace varve::testing
