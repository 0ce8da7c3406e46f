#include "shop.hpp"

/// What happens when branches meet in one database.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

migration_text named(migration_text from, std::string name) {
    from.name = std::move(name);
    return from;
}

migration_text edited(migration_text from) {
    from.edit = "edited";
    return from;
}

plan planned(const shop_database& db, const built_history& of, plan_request request = {}) {
    return make_plan(of.get(), db.data.snapshot(), request);
}

TEST(Branches, RefuseAMigrationEditedAfterItWasApplied) {
    const built_history before("shop", engine_kind::sqlite, {table(1), table(2)});
    const built_history after("shop", engine_kind::sqlite, {edited(table(1)), table(2), table(3)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const auto why = refused([&] { (void)migrate(db.direct, after.get()); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(kinds(why.problems), ElementsAre("edited 1"));
    EXPECT_EQ(why.problems[0].file, "migrations/0001_t1.sql");
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 2 applied"));
}

TEST(Branches, ReportAllProblemsAtOnce) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2), table(5)});
    const built_history after("shop", engine_kind::sqlite,
                              {edited(table(1)), named(table(4), "new"), table(5), edited(draft(2))});
    shop_database db;
    (void)migrate(db.direct, before.get());
    EXPECT_THAT(kinds(planned(db, after).problems), ElementsAre("edited 1", "edited_draft 2", "out_of_order 4"));
    EXPECT_THAT(planned(db, after).steps, IsEmpty());
}

TEST(Branches, OfferRedoForAnEditedDraft) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2)});
    const built_history after("shop", engine_kind::sqlite, {table(1), edited(draft(2))});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const plan made = planned(db, after);
    EXPECT_THAT(kinds(made.problems), ElementsAre("edited_draft 2"));
    EXPECT_THAT(made.problems[0].hint, HasSubstr("redo 2"));
}

TEST(Branches, TellTwoMigrationsOfOneNumberApart) {
    const built_history ours("shop", engine_kind::sqlite, {table(1), named(draft(2), "add_email")});
    migration_text other = draft(2);
    other.up = {"CREATE TABLE phones"};
    const built_history theirs("shop", engine_kind::sqlite, {table(1), named(other, "add_phone")});
    shop_database db;
    (void)migrate(db.direct, ours.get());
    const plan made = planned(db, theirs);
    EXPECT_THAT(kinds(made.problems), ElementsAre("edited_draft 2"));
    EXPECT_THAT(made.problems[0].message, HasSubstr("2 add_email"));
    EXPECT_THAT(made.problems[0].message, HasSubstr("2 add_phone"));
}

TEST(Branches, NeverApplyARenumberedMigrationAgain) {
    const built_history before("shop", engine_kind::sqlite, {table(1), named(draft(7), "email")});
    migration_text email = draft(7);
    email.version = 8;
    migration_text phone = table(7);
    phone.up = {"CREATE TABLE phones"};
    const built_history after("shop", engine_kind::sqlite, {table(1), named(phone, "phone"), named(email, "email")});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const plan made = planned(db, after);
    EXPECT_THAT(kinds(made.problems), ElementsAre("renumbered 8"));
    EXPECT_THAT(made.problems[0].hint, HasSubstr("renumber 7 8"));
    (void)renumber(db.direct, after.get(), 7, 8);
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 8 applied"));
    const report rest = migrate(db.direct, after.get());
    EXPECT_THAT(steps(rest.done), ElementsAre("apply 7"));
    EXPECT_THAT(rest.done[0].note, HasSubstr("stands before 8 email"));
    EXPECT_EQ(check(db.direct, after.get()), database_state::current);
}

TEST(Branches, RefuseAPendingMigrationBeforeAnAppliedReleasedOne) {
    const built_history before("shop", engine_kind::sqlite, {table(1), table(5)});
    const built_history after("shop", engine_kind::sqlite, {table(1), table(4), table(5)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    EXPECT_THAT(kinds(planned(db, after).problems), ElementsAre("out_of_order 4"));
    options how;
    how.when_out_of_order = out_of_order::allow;
    const report result = migrate(db.direct, after.get(), how);
    EXPECT_THAT(steps(result.done), ElementsAre("apply 4"));
    EXPECT_THAT(result.done[0].note, HasSubstr("5 t5"));
}

TEST(Branches, ApplyAPendingMigrationBeforeAnAppliedDraft) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(9)});
    const built_history after("shop", engine_kind::sqlite, {table(1), table(8), draft(9)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const report result = migrate(db.direct, after.get());
    EXPECT_THAT(steps(result.done), ElementsAre("apply 8"));
    EXPECT_THAT(result.done[0].note, HasSubstr("9 t9"));
}

TEST(Branches, TolerateWhatANewerProgramApplied) {
    const built_history older("shop", engine_kind::sqlite, {table(1)});
    const built_history newer("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    shop_database db;
    (void)migrate(db.direct, newer.get());
    const report result = migrate(db.direct, older.get());
    EXPECT_THAT(result.done, IsEmpty());
    EXPECT_THAT(result.notes, ElementsAre("shop: applied, but not in this program: 2 t2 and 3 t3"));
    EXPECT_EQ(check(db.direct, older.get()), database_state::current);
}

TEST(Branches, RefuseANewerMigrationThatBreaksOlderPrograms) {
    migration_text breaking = table(2);
    breaking.breaks_older = true;
    const built_history older("shop", engine_kind::sqlite, {table(1)});
    const built_history newer("shop", engine_kind::sqlite, {table(1), breaking});
    shop_database db;
    (void)migrate(db.direct, newer.get());
    EXPECT_THAT(kinds(planned(db, older).problems), ElementsAre("incompatible 2"));
    EXPECT_EQ(check(db.direct, older.get()), database_state::diverged);
}

TEST(Branches, MissAReleasedMigrationThatTheProgramLost) {
    const built_history before("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    const built_history after("shop", engine_kind::sqlite, {table(1), table(3)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const plan made = planned(db, after);
    EXPECT_THAT(kinds(made.problems), ElementsAre("missing 2"));
    EXPECT_THAT(made.problems[0].message, HasSubstr("number 2 of the released migrations"));
}

TEST(Branches, DoNotMissADraftOfAnotherBranch) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2)});
    const built_history after("shop", engine_kind::sqlite, {table(1), table(3)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    (void)migrate(db.direct, after.get());
    EXPECT_TRUE(planned(db, after).ok());
    EXPECT_THAT(planned(db, after).notes, ElementsAre(HasSubstr("2 t2")));
}

TEST(Branches, NoticeThatAHistoryWasRenamed) {
    const built_history before("shop", engine_kind::sqlite, {table(1), table(2)});
    const built_history after("store", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const plan made = planned(db, after);
    EXPECT_THAT(kinds(made.problems), ElementsAre("renamed 1"));
    EXPECT_THAT(made.problems[0].hint, HasSubstr("NAME shop"));
}

TEST(Branches, DoNotTakeTwoHistoriesOfOneProgramForARenamedOne) {
    const built_history one("one", engine_kind::sqlite, {table(1)});
    migration_text same = table(1);
    const built_history two("two", engine_kind::sqlite, {same, table(2)});
    shop_database db;
    (void)migrate(db.direct, one.get());
    EXPECT_TRUE(make_plan({one.get(), two.get()}, db.data.snapshot()).ok());
}

TEST(Branches, KnowAnAppliedMigrationByTheChecksumOfAnOlderRule) {
    const built_history before("shop", engine_kind::sqlite, {table(1)});
    const built_history edited_one("shop", engine_kind::sqlite, {edited(table(1))});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const other_checksum older{
        .migration = 0, .which = direction::up, .checksum = before.get().migrations[0].up.checksum};
    history two_rules = edited_one.get();
    two_rules.other_checksums = std::span(&older, 1);
    const plan made = make_plan(two_rules, db.data.snapshot());
    EXPECT_TRUE(made.ok());
    EXPECT_THAT(made.steps, IsEmpty());
}

TEST(Branches, RefuseAVersionThatNobodyHas) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(20)});
    const shop_database db;
    const plan made = planned(db, shop, {.to = target::version(7)});
    EXPECT_THAT(kinds(made.problems), ElementsAre("unknown_version 7"));
    EXPECT_THAT(made.problems[0].hint, HasSubstr("1 t1 and 20 t20"));
}

TEST(Branches, RefuseAVersionThatTwoHistoriesHave) {
    const built_history one("one", engine_kind::sqlite, {table(1)});
    const built_history two("two", engine_kind::sqlite, {table(1)});
    const plan made = make_plan({one.get(), two.get()}, {}, {.to = target::version(1)});
    EXPECT_THAT(kinds(made.problems), ElementsAre("unknown_version 1"));
}

}  // namespace
}  // namespace varve::testing
