#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const built_history& three() {
    static const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    return shop;
}

TEST(Baseline, RecordsEveryMigrationUpToAVersionWithoutRunningIt) {
    shop_database db;
    options how = impatient();
    how.reason = "adopted";
    EXPECT_THAT(steps(baseline(db.direct, three().get(), 2, how).done), ElementsAre("baseline 1", "baseline 2"));
    EXPECT_THAT(db.data.statements_run(), IsEmpty());
    EXPECT_EQ(db.data.now.rows.at(2).kind, entry_kind::baseline);
    EXPECT_EQ(db.data.now.rows.at(2).reason, "adopted");
    EXPECT_EQ(db.data.now.rows.at(2).statements_done, 0);
    EXPECT_THAT(steps(migrate(db.direct, three().get()).done), ElementsAre("apply 3"));
    EXPECT_EQ(check(db.direct, three().get()), database_state::current);
}

TEST(Baseline, IsOneTransactionOnPostgresqlToo) {
    const built_history shop("shop", engine_kind::postgresql, {table(1), table(2)});
    fake_database data(engine_kind::postgresql);
    fake_engine direct(data);
    failing_engine counted(direct);
    (void)baseline(counted, shop.get(), 2);
    EXPECT_THAT(counted.calls(), ElementsAre("try_lock", "read", "perform", "perform"));
}

TEST(Baseline, IsRefusedIfAnythingIsApplied) {
    shop_database db;
    options to_one;
    to_one.to = target::version(1);
    (void)migrate(db.direct, three().get(), to_one);
    const auto why = refused([&] { (void)baseline(db.direct, three().get(), 2); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("already_applied 2"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("1 t1"));
}

TEST(Baseline, IsRefusedForAnUnknownVersion) {
    shop_database db;
    EXPECT_THAT(kinds(refused([&] { (void)baseline(db.direct, three().get(), 9); }).problems),
                ElementsAre("unknown_version 9"));
    EXPECT_FALSE(db.data.has_table("varve_ledger"));
}

TEST(Skip, RecordsOneMigrationWithoutRunningIt) {
    shop_database db;
    EXPECT_THAT(steps(skip(db.direct, three().get(), 2).done), ElementsAre("skip 2"));
    EXPECT_EQ(db.data.now.rows.at(2).kind, entry_kind::skip);
    EXPECT_THAT(db.data.statements_run(), IsEmpty());
}

TEST(Skip, IsRefusedForWhatIsApplied) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(kinds(refused([&] { (void)skip(db.direct, three().get(), 2); }).problems),
                ElementsAre("already_applied 2"));
}

TEST(Skip, CanBeRolledBackLikeAnyOther) {
    shop_database db;
    db.data.execute_by_hand("CREATE TABLE t1");
    (void)skip(db.direct, three().get(), 1);
    EXPECT_THAT(steps(rollback(db.direct, three().get(), rollback_to::base()).done), ElementsAre("revert 1"));
    EXPECT_FALSE(db.data.has_table("t1"));
}

TEST(Renumber, KeepsTheOldRowAndWritesANewOne) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2)});
    migration_text moved = draft(2);
    moved.version = 5;
    const built_history after("shop", engine_kind::sqlite, {table(1), moved});
    shop_database db;
    (void)migrate(db.direct, before.get());
    EXPECT_THAT(steps(renumber(db.direct, after.get(), 2, 5).done), ElementsAre("renumber 5"));
    EXPECT_EQ(db.data.now.rows.at(3).state, entry_state::superseded);
    EXPECT_EQ(db.data.now.rows.at(4).slot, "v:5");
    EXPECT_EQ(db.data.now.rows.at(4).details, R"({"renumbered_from":2})");
    EXPECT_EQ(check(db.direct, after.get()), database_state::current);
    EXPECT_THAT(steps(rollback(db.direct, before.get(), rollback_to::version(1)).done), ElementsAre("revert 5"));
}

TEST(Renumber, IsRefusedForAnotherScript) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2)});
    migration_text moved = draft(2);
    moved.version = 5;
    moved.edit = "edited";
    const built_history after("shop", engine_kind::sqlite, {table(1), moved});
    shop_database db;
    (void)migrate(db.direct, before.get());
    EXPECT_THAT(kinds(refused([&] { (void)renumber(db.direct, after.get(), 2, 5); }).problems),
                ElementsAre("edited 5"));
}

TEST(Renumber, IsRefusedIfTheNumberIsTakenOrNothingIsThere) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(kinds(refused([&] { (void)renumber(db.direct, three().get(), 1, 2); }).problems),
                ElementsAre("already_applied 2"));
    EXPECT_THAT(kinds(refused([&] { (void)renumber(db.direct, three().get(), 8, 2); }).problems),
                ElementsAre("unknown_version 2"));
    EXPECT_THAT(kinds(refused([&] { (void)renumber(db.direct, three().get(), 1, 9); }).problems),
                ElementsAre("unknown_version 9"));
}

}  // namespace
}  // namespace varve::testing
