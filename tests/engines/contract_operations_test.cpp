#include "operations.hpp"

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> words_of_log(engine& on, const history& of) {
    std::vector<std::string> result;
    for (const auto& each : log(on, of)) {
        result.push_back(std::string(to_string(each.kind)) + " " + std::to_string(each.version.value_or(0)) + " " +
                         std::string(to_string(each.state)));
    }
    return result;
}

}  // namespace

TEST_P(engine_contract, MigratesAnEmptyDatabaseAndThenHasNothingToDo) {
    const auto shop = history_for(*db, "shop", {table(1), table(9), table(2)});
    EXPECT_EQ(check(*db, shop.get()), database_state::pending);
    const report first_start = migrate(*db, shop.get(), by_ann());
    EXPECT_THAT(words(first_start.done), ElementsAre("apply 1", "apply 9", "apply 2"));
    for (const char* name : {"t1", "t9", "t2"}) EXPECT_TRUE(database->has_table(name)) << name;
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
    const auto next_process = database->connect();
    EXPECT_THAT(migrate(*next_process, shop.get()).done, IsEmpty());
    EXPECT_TRUE(plan_for(*next_process, shop.get()).steps.empty());
}

TEST_P(engine_contract, RecordsWhoMigratedAndWhy) {
    const auto shop = history_for(*db, "shop", {draft(1)});
    (void)migrate(*db, shop.get(), by_ann());
    const ledger_entry row = everything().entries.back();
    EXPECT_EQ(row.history, "shop");
    EXPECT_EQ(row.slot, "v:1");
    EXPECT_EQ(row.name, "t1");
    EXPECT_EQ(row.state, entry_state::applied);
    EXPECT_EQ(row.mark, shop.get()[0].mark());
    EXPECT_EQ(row.checksum, to_string(shop.get()[0].up().checksum()));
    EXPECT_EQ(row.applied_by, "ann@desk:1");
    EXPECT_EQ(row.program, "shop");
    EXPECT_EQ(row.reason, "release 7");
}

TEST_P(engine_contract, WritesNothingInADryRun) {
    const auto shop = history_for(*db, "shop", {table(1)});
    options how = by_ann();
    how.mode = run_mode::dry;
    EXPECT_THAT(words(migrate(*db, shop.get(), how).done), ElementsAre("apply 1"));
    EXPECT_FALSE(database->has_table("varve_ledger"));
    EXPECT_FALSE(database->has_table("t1"));
    (void)migrate(*db, shop.get());
    const std::int64_t before = revision();
    EXPECT_THAT(words(rollback(*db, shop.get(), rollback_to::base(), how).done), ElementsAre("revert 1"));
    EXPECT_EQ(revision(), before);
    EXPECT_TRUE(database->has_table("t1"));
}

TEST_P(engine_contract, LooksWithoutWriting) {
    const auto shop = history_for(*db, "shop", {table(1)});
    EXPECT_EQ(check(*db, shop.get()), database_state::pending);
    EXPECT_FALSE(status(*db, shop.get()).ledger_exists);
    EXPECT_THAT(words(plan_for(*db, shop.get()).steps), ElementsAre("apply 1"));
    EXPECT_THAT(log(*db, shop.get()), IsEmpty());
    EXPECT_FALSE(database->has_table("varve_ledger"));
}

TEST_P(engine_contract, MigratesToAVersionAndRollsBack) {
    const auto shop = history_for(*db, "shop", {table(1), table(2), table(3)});
    options how = by_ann();
    how.to = target::version(2);
    EXPECT_THAT(words(migrate(*db, shop.get(), how).done), ElementsAre("apply 1", "apply 2"));
    EXPECT_THAT(words(migrate(*db, shop.get()).done), ElementsAre("apply 3"));
    EXPECT_THAT(words(rollback(*db, shop.get(), rollback_to::last(1)).done), ElementsAre("revert 3"));
    EXPECT_FALSE(database->has_table("t3"));
    EXPECT_TRUE(database->has_table("t2"));
    EXPECT_THAT(words(rollback(*db, shop.get(), rollback_to::version(1)).done), ElementsAre("revert 2"));
    EXPECT_THAT(words(rollback(*db, shop.get(), rollback_to::base()).done), ElementsAre("revert 1"));
    EXPECT_FALSE(database->has_table("t1"));
    EXPECT_THAT(words(migrate(*db, shop.get()).done), ElementsAre("apply 1", "apply 2", "apply 3"));
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
}

TEST_P(engine_contract, ForgetsNothingThatWasRolledBack) {
    const auto shop = history_for(*db, "shop", {table(1)});
    (void)migrate(*db, shop.get(), by_ann());
    (void)rollback(*db, shop.get(), rollback_to::base(), by_ann());
    (void)migrate(*db, shop.get(), by_ann());
    EXPECT_THAT(words_of_log(*db, shop.get()),
                ElementsAre("migration 1 reverted", "event 1 applied", "migration 1 applied"));
    EXPECT_THAT(log(*db, shop.get()).front().reverted_at, Not(IsEmpty()));
}

TEST_P(engine_contract, RevertsWhatThisProgramDoesNotContain) {
    const auto newer = history_for(*db, "shop", {table(1), table(2)});
    (void)migrate(*db, newer.get());
    const auto older = history_for(*db, "shop", {table(1)});
    EXPECT_THAT(words(rollback(*db, older.get(), rollback_to::version(1)).done), ElementsAre("revert 2"));
    EXPECT_FALSE(database->has_table("t2"));
}

TEST_P(engine_contract, KeepsWhatWasCommittedBeforeAFailureAndSaysSo) {
    migration_text bad = table(3);
    bad.up = {"CREATE TABLE half (id integer)", database->refused().sql};
    const auto shop = history_for(*db, "shop", {table(1), table(2), bad});
    const auto why = refusal_of([&] { (void)migrate(*db, shop.get(), one_by_one()); });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.history, "shop");
    EXPECT_EQ(why.version, 3);
    EXPECT_EQ(why.file, "migrations/0003_t3.sql");
    EXPECT_EQ(why.line, 2 + database->refused().line - 1);
    EXPECT_EQ(why.done, "applied shop 1 to 2");
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied", "shop 2 applied"));
    EXPECT_FALSE(database->has_table("half"));
}

TEST_P(engine_contract, KeepsNothingIfOneOfAllInOneTransactionFails) {
    migration_text bad = table(3);
    bad.up = {"CREATE TABLE half (id integer)", database->refused().sql};
    const auto shop = history_for(*db, "shop", {table(1), table(2), bad});
    options how = by_ann();
    how.transactions = grouping::all;
    const auto why = refusal_of([&] { (void)migrate(*db, shop.get(), how); });
    EXPECT_EQ(why.version, 3);
    EXPECT_EQ(why.done, "");
    EXPECT_THAT(active_rows(*db), IsEmpty());
    EXPECT_FALSE(database->has_table("t1"));
    EXPECT_FALSE(database->has_table("half"));
}

TEST_P(engine_contract, RefusesAMigrationEditedAfterItWasApplied) {
    const auto before = history_for(*db, "shop", {table(1)});
    (void)migrate(*db, before.get());
    migration_text edited = table(1);
    edited.edit = "another text";
    const auto after = history_for(*db, "shop", {edited, table(2)});
    const auto why = refusal_of([&] { (void)migrate(*db, after.get(), by_ann()); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(words(why.problems), ElementsAre("edited 1"));
    EXPECT_EQ(check(*db, after.get()), database_state::diverged);
    EXPECT_FALSE(database->has_table("t2"));
}

TEST_P(engine_contract, RedoesAnEditedDraftWithItsStoredDown) {
    const auto before = history_for(*db, "shop", {draft(1)});
    (void)migrate(*db, before.get());
    migration_text edited = draft(1);
    edited.up = {"CREATE TABLE other (id integer)"};
    edited.down = {"DROP TABLE other"};
    const auto after = history_for(*db, "shop", {edited});
    EXPECT_THAT(words(refusal_of([&] { (void)migrate(*db, after.get(), by_ann()); }).problems),
                ElementsAre("edited_draft 1"));
    EXPECT_THAT(words(redo(*db, after.get(), 1).done), ElementsAre("revert 1", "apply 1"));
    EXPECT_FALSE(database->has_table("t1"));
    EXPECT_TRUE(database->has_table("other"));
    EXPECT_EQ(check(*db, after.get()), database_state::current);
}

TEST_P(engine_contract, AdoptsADatabaseByABaseline) {
    const auto shop = history_for(*db, "shop", {table(1), table(2), table(3)});
    EXPECT_THAT(words(baseline(*db, shop.get(), 2, by_ann()).done), ElementsAre("baseline 1", "baseline 2"));
    EXPECT_FALSE(database->has_table("t1"));
    EXPECT_THAT(words(migrate(*db, shop.get()).done), ElementsAre("apply 3"));
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
    EXPECT_EQ(refusal_of([&] { (void)baseline(*db, shop.get(), 3, by_ann()); }).code, error_code::diverged);
}

TEST_P(engine_contract, SkipsAMigrationWithoutRunningIt) {
    const auto shop = history_for(*db, "shop", {table(1), table(2)});
    EXPECT_THAT(words(skip(*db, shop.get(), 1, by_ann()).done), ElementsAre("skip 1"));
    EXPECT_THAT(words(migrate(*db, shop.get()).done), ElementsAre("apply 2"));
    EXPECT_FALSE(database->has_table("t1"));
    EXPECT_THAT(words_of_log(*db, shop.get()), ElementsAre("skip 1 applied", "migration 2 applied"));
}

TEST_P(engine_contract, RenumbersADraftThatWasAppliedUnderAnotherVersion) {
    const auto before = history_for(*db, "shop", {draft(7)});
    (void)migrate(*db, before.get());
    migration_text moved = draft(7);
    moved.version = 8;
    const auto after = history_for(*db, "shop", {moved});
    EXPECT_THAT(words(refusal_of([&] { (void)migrate(*db, after.get(), by_ann()); }).problems),
                ElementsAre("renumbered 8"));
    EXPECT_THAT(words(renumber(*db, after.get(), 7, 8).done), ElementsAre("renumber 8"));
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 8 applied"));
    EXPECT_EQ(check(*db, after.get()), database_state::current);
}

TEST_P(engine_contract, RefusesAReleasedLatecomerUnlessItIsAllowed) {
    const auto before = history_for(*db, "shop", {table(2)});
    (void)migrate(*db, before.get());
    const auto after = history_for(*db, "shop", {table(1), table(2)});
    EXPECT_THAT(words(refusal_of([&] { (void)migrate(*db, after.get(), by_ann()); }).problems),
                ElementsAre("out_of_order 1"));
    options how = by_ann();
    how.when_out_of_order = out_of_order::allow;
    EXPECT_THAT(words(migrate(*db, after.get(), how).done), ElementsAre("apply 1"));
    EXPECT_EQ(check(*db, after.get()), database_state::current);
}

TEST_P(engine_contract, MigratesSeveralHistoriesInOneCall) {
    migration_text dependent = table(10);
    dependent.depends = {{.history = "auth", .version = 21}};
    const auto shop = history_for(*db, "shop", {dependent});
    const auto auth = history_for(*db, "auth", {table(20), table(21)});
    const histories both{shop.get(), auth.get()};
    (void)migrate(*db, both);
    EXPECT_THAT(active_rows(*db), ElementsAre("auth 20 applied", "auth 21 applied", "shop 10 applied"));
    EXPECT_EQ(check(*db, both), database_state::current);
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
    EXPECT_THAT(migrate(*db, both).done, IsEmpty());
}

TEST_P(engine_contract, RefusesADatabaseThatANewerProgramMadeIncompatible) {
    migration_text breaking = table(2);
    breaking.breaks_older = true;
    const auto newer = history_for(*db, "shop", {table(1), breaking});
    (void)migrate(*db, newer.get());
    const auto older = history_for(*db, "shop", {table(1)});
    EXPECT_THAT(words(refusal_of([&] { (void)migrate(*db, older.get(), by_ann()); }).problems),
                ElementsAre("incompatible 2"));
    EXPECT_EQ(check(*db, older.get()), database_state::diverged);
}

TEST_P(engine_contract, SaysTheStatusOfEveryMigration) {
    const auto before = history_for(*db, "shop", {table(1), table(2)});
    (void)migrate(*db, before.get(), by_ann());
    const auto now = history_for(*db, "shop", {table(1), draft(3)});
    const status_report report = status(*db, now.get());
    EXPECT_EQ(report.kind, db->kind());
    EXPECT_EQ(report.location, db->location());
    EXPECT_TRUE(report.ledger_exists);
    ASSERT_EQ(report.migrations.size(), 3U);
    EXPECT_TRUE(report.migrations[0].applied && report.migrations[0].embedded);
    ASSERT_TRUE(report.migrations[0].entry.has_value());
    EXPECT_EQ(report.migrations[0].entry->applied_by, "ann@desk:1");
    EXPECT_FALSE(report.migrations[1].applied);
    EXPECT_EQ(report.migrations[1].version, 3);
    EXPECT_FALSE(report.migrations[1].released);
    EXPECT_FALSE(report.migrations[2].embedded);
    EXPECT_EQ(report.migrations[2].version, 2);
}

TEST_P(engine_contract, RefusesAHistoryOfTheOtherEngine) {
    const auto other = db->kind() == engine_kind::sqlite ? engine_kind::postgresql : engine_kind::sqlite;
    const built_history shop("shop", other, {table(1)});
    EXPECT_EQ(refusal_of([&] { (void)migrate(*db, shop.get()); }).code, error_code::invalid_argument);
    EXPECT_FALSE(database->has_table("varve_ledger"));
}

TEST_P(engine_contract, RefusesToMigrateInsideATransactionOfTheCaller) {
    const auto shop = history_for(*db, "shop", {table(1)});
    const auto inside = database->connect_inside_transaction();
    EXPECT_EQ(refusal_of([&] { (void)migrate(*inside, shop.get(), by_ann()); }).code, error_code::transaction_open);
    EXPECT_TRUE(database->commit_transaction_of_the_caller());
    EXPECT_TRUE(database->has_table("of_the_caller"));
    EXPECT_THAT(words(migrate(*inside, shop.get(), by_ann()).done), ElementsAre("apply 1"));
}

}  // namespace varve::testing
