#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

options reverting() {
    options how = impatient();
    how.when_newer = newer_database::revert;
    return how;
}

options refusing() {
    options how = impatient();
    how.when_newer = newer_database::refuse;
    return how;
}

migration_text breaking(std::int64_t version) {
    migration_text result = table(version);
    result.breaks_older = true;
    return result;
}

class NewerDatabase : public ::testing::Test {
protected:
    void SetUp() override { (void)migrate(db.direct, newer.get()); }

    built_history older{"shop", engine_kind::sqlite, {table(1)}};
    built_history newer{"shop", engine_kind::sqlite, {table(1), table(2), breaking(3)}};
    shop_database db;
};

TEST_F(NewerDatabase, IsRevertedNewestFirstByTheStatementsThatTheLedgerKept) {
    const report result = migrate(db.direct, older.get(), reverting());
    EXPECT_THAT(steps(result.done), ElementsAre("revert 3", "revert 2"));
    EXPECT_EQ(result.done[0].source, script_source::ledger);
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied"));
    EXPECT_FALSE(db.data.has_table("t2"));
    EXPECT_EQ(check(db.direct, older.get()), database_state::current);
}

TEST_F(NewerDatabase, IsRevertedBeforeWhatIsPendingIsApplied) {
    const built_history other("shop", engine_kind::sqlite, {table(1), table(7)});
    EXPECT_THAT(kinds(make_plan(other.get(), db.data.snapshot()).problems), ElementsAre("missing 2", "incompatible 3"));
    const built_history branch("shop", engine_kind::sqlite, {table(1), draft(7)});
    const report result = migrate(db.direct, branch.get(), reverting());
    EXPECT_THAT(steps(result.done), ElementsAre("revert 3", "revert 2", "apply 7"));
}

TEST_F(NewerDatabase, IsPlannedAndDryRunTheSameWay) {
    EXPECT_THAT(steps(plan_for(db.direct, older.get(), reverting()).steps), ElementsAre("revert 3", "revert 2"));
    options dry = reverting();
    dry.mode = run_mode::dry;
    EXPECT_THAT(steps(migrate(db.direct, older.get(), dry).done), ElementsAre("revert 3", "revert 2"));
    EXPECT_TRUE(db.data.has_table("t3"));
}

TEST_F(NewerDatabase, IsRefusedRowByRowIfTheProgramIsTold) {
    const auto why = refused([&] { (void)migrate(db.direct, older.get(), refusing()); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(kinds(why.problems), ElementsAre("incompatible 2", "incompatible 3"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("told to refuse"));
    EXPECT_THAT(why.problems[0].hint, HasSubstr("--when-newer revert"));
    EXPECT_THAT(why.problems[1].message, HasSubstr("breaks older programs"));
}

TEST_F(NewerDatabase, IsNoMatterIfItIsNotNewer) {
    EXPECT_THAT(migrate(db.direct, newer.get(), refusing()).done, IsEmpty());
    EXPECT_THAT(migrate(db.direct, newer.get(), reverting()).done, IsEmpty());
}

TEST_F(NewerDatabase, IsNotRevertedWhereNoDownWasKept) {
    migration_text one_way = table(9);
    one_way.down.clear();
    const built_history last("shop", engine_kind::sqlite, {table(1), table(2), breaking(3), one_way});
    (void)migrate(db.direct, last.get());
    const auto why = refused([&] { (void)migrate(db.direct, older.get(), reverting()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("irreversible 9"));
    EXPECT_TRUE(db.data.has_table("t3")) << "nothing at all is reverted";
}

TEST_F(NewerDatabase, IsNotRevertedWhereAReleasedMigrationIsOnlyMissing) {
    const built_history lost("shop", engine_kind::sqlite, {table(1), breaking(3), table(4)});
    EXPECT_THAT(kinds(plan_for(db.direct, lost.get(), reverting()).problems), ElementsAre("missing 2"));
}

TEST_F(NewerDatabase, IsNotRevertedBehindTheBackOfAnotherHistory) {
    migration_text dependent = table(20);
    dependent.depends = {{.history = "shop", .version = 2}};
    const built_history auth("auth", engine_kind::sqlite, {dependent});
    (void)migrate(db.direct, {newer.get(), auth.get()});
    EXPECT_THAT(kinds(plan_for(db.direct, older.get(), reverting()).problems), ElementsAre("depended_on 2"));
}

TEST_F(NewerDatabase, IsToldAboutInPlanAndStatus) {
    shop_database fresh;
    EXPECT_THAT(plan_for(fresh.direct, newer.get()).steps[2].note, HasSubstr("breaks older programs"));
    const status_report report = status(db.direct, older.get());
    ASSERT_EQ(report.migrations.size(), 3U);
    EXPECT_FALSE(report.migrations[1].breaks_older);
    EXPECT_TRUE(report.migrations[2].breaks_older);
}

}  // namespace
}  // namespace varve::testing
