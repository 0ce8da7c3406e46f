#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;

using ::testing::IsEmpty;

const built_history& three() {
    static const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    return shop;
}

TEST(Rollback, RevertsTheLastOnesNewestFirst) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(steps(rollback(db.direct, three().get(), rollback_to::last(2)).done),
                ElementsAre("revert 3", "revert 2"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied"));
    EXPECT_FALSE(db.data.has_table("t2"));
    EXPECT_EQ(check(db.direct, three().get()), database_state::pending);
}

TEST(Rollback, KeepsTheVersionItGoesBackTo) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(steps(rollback(db.direct, three().get(), rollback_to::version(2)).done), ElementsAre("revert 3"));
    EXPECT_THAT(rollback(db.direct, three().get(), rollback_to::version(2)).done, IsEmpty());
}

TEST(Rollback, GoesBackToTheBase) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(steps(rollback(db.direct, three().get(), rollback_to::base()).done),
                ElementsAre("revert 3", "revert 2", "revert 1"));
    EXPECT_THAT(db.data.active(), IsEmpty());
}

TEST(Rollback, DoesNothingWithoutALedger) {
    shop_database db;
    EXPECT_THAT(rollback(db.direct, three().get(), rollback_to::base()).done, IsEmpty());
    EXPECT_FALSE(db.data.has_table("varve_ledger"));
}

TEST(Rollback, NeverForgets) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    options how = impatient();
    how.reason = "too early";
    (void)rollback(db.direct, three().get(), rollback_to::last(1), how);
    const ledger_entry& row = db.data.now.rows.at(4);
    EXPECT_EQ(row.state, entry_state::reverted);
    EXPECT_EQ(row.slot, std::nullopt);
    EXPECT_EQ(row.mark, std::nullopt);
    EXPECT_NE(row.reverted_at, "");
    const ledger_entry& event = db.data.now.rows.at(5);
    EXPECT_EQ(event.kind, entry_kind::event);
    EXPECT_EQ(event.version, 3);
    EXPECT_EQ(event.reason, "too early");
    EXPECT_EQ(event.details, R"({"event":"reverted","row":4})");
    (void)migrate(db.direct, three().get());
    EXPECT_EQ(db.data.now.rows.at(6).slot, "v:3");
}

TEST(Rollback, PrefersTheProgramsDown) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    migration_text corrected = table(3);
    corrected.down.push_back("corrected");
    const built_history now("shop", engine_kind::sqlite, {table(1), table(2), corrected});
    const report result = rollback(db.direct, now.get(), rollback_to::last(1));
    EXPECT_EQ(result.done[0].source, script_source::embedded);
    EXPECT_EQ(db.data.statements_run().back(), "corrected");
}

TEST(Rollback, UsesTheKeptDownOfWhatTheProgramDoesNotContain) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    const built_history older("shop", engine_kind::sqlite, {table(1)});
    const report result = rollback(db.direct, older.get(), rollback_to::version(1));
    EXPECT_THAT(steps(result.done), ElementsAre("revert 3", "revert 2"));
    EXPECT_EQ(result.done[0].source, script_source::ledger);
    EXPECT_FALSE(result.done[0].embedded.has_value());
    EXPECT_FALSE(db.data.has_table("t3"));
}

TEST(Rollback, UsesTheKeptDownOfWhatWasEdited) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    migration_text edited = table(3);
    edited.down = {"DROP TABLE other"};
    edited.edit = "edited";
    const built_history now("shop", engine_kind::sqlite, {table(1), table(2), edited});
    (void)rollback(db.direct, now.get(), rollback_to::last(1));
    EXPECT_EQ(db.data.statements_run().back(), "DROP TABLE t3");
}

TEST(Rollback, RefusesWhatCannotBeReverted) {
    migration_text declared = table(1);
    declared.irreversible = true;
    migration_text without = table(2);
    without.down.clear();
    const built_history shop("shop", engine_kind::sqlite, {declared, without, table(3)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    const auto why = refused([&] { (void)rollback(db.direct, shop.get(), rollback_to::base()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("irreversible 2", "irreversible 1"));
    EXPECT_THAT(db.data.active().size(), 3U) << "not even the newest was reverted";
    EXPECT_THAT(steps(rollback(db.direct, shop.get(), rollback_to::last(1)).done), ElementsAre("revert 3"));
}

TEST(Rollback, RefusesAVersionThatNobodyHas) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    const auto why = refused([&] { (void)rollback(db.direct, three().get(), rollback_to::version(9)); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("unknown_version 9"));
}

TEST(Rollback, WritesNothingInADryRun) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    options how;
    how.mode = run_mode::dry;
    const report result = rollback(db.counted, three().get(), rollback_to::last(1), how);
    EXPECT_THAT(steps(result.done), ElementsAre("revert 3"));
    EXPECT_EQ(script_of(result.done[0]).statements[0].sql, "DROP TABLE t3");
    EXPECT_THAT(db.counted.calls(), ElementsAre("read"));
}

TEST(Rollback, KeepsADownOfCommentsOnly) {
    migration_text comments = table(1);
    const built_history with_down("shop", engine_kind::sqlite, {comments});
    migration_data data = with_down.get().migrations[0];
    data.down.statement_count = 0;
    history only_comments = with_down.get();
    only_comments.migrations = std::span(&data, 1);
    shop_database db;
    (void)migrate(db.direct, only_comments);
    const built_history older("shop", engine_kind::sqlite, {});
    EXPECT_THAT(steps(rollback(db.direct, older.get(), rollback_to::base()).done), ElementsAre("revert 1"));
}

TEST(Redo, RevertsByTheKeptDownAndAppliesAgain) {
    const built_history before("shop", engine_kind::sqlite, {table(1), draft(2), draft(3)});
    migration_text edited = draft(2);
    edited.up = {"CREATE TABLE better"};
    edited.down = {"DROP TABLE better"};
    const built_history after("shop", engine_kind::sqlite, {table(1), edited, draft(3)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const report result = redo(db.direct, after.get(), std::nullopt);
    EXPECT_THAT(steps(result.done), ElementsAre("revert 3", "revert 2", "apply 2", "apply 3"));
    EXPECT_TRUE(db.data.has_table("better"));
    EXPECT_FALSE(db.data.has_table("t2"));
    EXPECT_EQ(check(db.direct, after.get()), database_state::current);
}

TEST(Redo, TakesTheLastOneIfNothingWasEdited) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(steps(redo(db.direct, three().get(), std::nullopt).done), ElementsAre("revert 3", "apply 3"));
}

TEST(Redo, TakesAVersionAndEverythingAfterIt) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    EXPECT_THAT(steps(redo(db.direct, three().get(), 2).done),
                ElementsAre("revert 3", "revert 2", "apply 2", "apply 3"));
}

TEST(Redo, RefusesWhatIsNotApplied) {
    shop_database db;
    const auto why = refused([&] { (void)redo(db.direct, three().get(), 2); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("unknown_version 2"));
}

TEST(Redo, RefusesIfANewerProgramAppliedMoreSince) {
    shop_database db;
    (void)migrate(db.direct, three().get());
    const built_history older("shop", engine_kind::sqlite, {table(1), table(2)});
    const auto why = refused([&] { (void)redo(db.direct, older.get(), 2); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("depended_on 3"));
}

}  // namespace
}  // namespace varve::testing
