#include "shop.hpp"

/// What a person tells the ledger.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

options because(std::string reason) {
    options how;
    how.reason = std::move(reason);
    return how;
}

repair_request about_statement(repair_kind what, std::int32_t statement) {
    return {.version = 1, .what = what, .statement = statement};
}

/// A script of three statements whose second one was begun, and nobody knows.
struct half_done : shop_database {
    explicit half_done(fault::moment when) {
        failing_engine dying(direct, {.call = 8, .when = when});
        (void)refused([&] { (void)migrate(dying, shop.get()); });
    }
    built_history shop{"shop", engine_kind::sqlite, {alone(1)}};
};

TEST(Repair, AStatementThatIsDoneIsNotRunAgain) {
    half_done db(fault::moment::after);
    const report result =
        repair(db.direct, db.shop.get(), about_statement(repair_kind::statement_done, 2), because("it is there"));
    EXPECT_THAT(steps(result.done), ElementsAre("repair 1"));
    const auto& event = db.data.now.rows.rbegin()->second;
    EXPECT_EQ(event.kind, entry_kind::event);
    EXPECT_EQ(event.details, R"({"event":"statement_done","row":2,"statement":2})");
    EXPECT_EQ(event.reason, "it is there");
    EXPECT_EQ(migrate(db.direct, db.shop.get()).done.at(0).resume_after, 2);
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1a", "CREATE TABLE t1b", "CREATE TABLE t1c"));
}

TEST(Repair, AStatementThatIsNotDoneIsRunAgain) {
    half_done db(fault::moment::before);
    (void)repair(db.direct, db.shop.get(), about_statement(repair_kind::statement_not_done, 2), because("no table"));
    EXPECT_EQ(migrate(db.direct, db.shop.get()).done.at(0).resume_after, 1);
    EXPECT_EQ(check(db.direct, db.shop.get()), database_state::current);
}

TEST(Repair, ALastFinishedStatementMayTurnOutNotToBeDone) {
    half_done db(fault::moment::before);
    (void)repair(db.direct, db.shop.get(), about_statement(repair_kind::statement_not_done, 1), because("restored"));
    db.data.execute_by_hand("DROP TABLE t1a");
    EXPECT_EQ(migrate(db.direct, db.shop.get()).done.at(0).resume_after, 0);
    EXPECT_EQ(check(db.direct, db.shop.get()), database_state::current);
}

TEST(Repair, OnlyTheStatementInQuestionIsTouched) {
    half_done db(fault::moment::before);
    for (const auto& wrong :
         {about_statement(repair_kind::statement_done, 1), about_statement(repair_kind::statement_done, 3),
          about_statement(repair_kind::statement_not_done, 3), about_statement(repair_kind::statement_done, 4)}) {
        const auto why = refused([&] { (void)repair(db.direct, db.shop.get(), wrong, because("x")); });
        EXPECT_THAT(kinds(why.problems), ElementsAre("half_done 1"));
        EXPECT_THAT(why.problems.at(0).message, HasSubstr("1 of 3 statements are done"));
    }
}

/// Counts who was waited for.
class counted_waits : public observer {
public:
    void on_event(const event& told) override {
        if (told.kind == event_kind::waiting) ++count;
    }
    int count = 0;
};

TEST(Repair, IsRefusedWithoutAWaitForWhoeverMayBeAtWork) {
    half_done db(fault::moment::before);
    db.data.scope = lock_scope::transaction;
    counted_waits waits;
    options how = because("x");
    how.lock_wait = std::chrono::milliseconds(50);
    how.watch = &waits;
    for (const auto& wrong : {about_statement(repair_kind::statement_done, 3), repair_request{.version = 9}}) {
        (void)refused([&] { (void)repair(db.direct, db.shop.get(), wrong, how); });
    }
    (void)refused([&] { (void)baseline(db.direct, db.shop.get(), 1, how); });
    EXPECT_EQ(waits.count, 0);
}

TEST(Stepwise, IsWaitedForOnlyWhereThatCanHelp) {
    half_done db(fault::moment::before);
    const built_history longer("shop", engine_kind::sqlite, {alone(1), table(2)});
    db.data.scope = lock_scope::transaction;
    counted_waits waits;
    options how;
    how.lock_wait = std::chrono::milliseconds(50);
    how.watch = &waits;
    how.transactions = grouping::all;
    EXPECT_EQ(kinds(refused([&] { (void)migrate(db.direct, longer.get(), how); }).problems).back(), "half_done 1");
    EXPECT_EQ(waits.count, 1);
    how.to = target::version(9);
    EXPECT_EQ(kinds(refused([&] { (void)migrate(db.direct, longer.get(), how); }).problems).back(),
              "unknown_version 9");
    EXPECT_EQ(waits.count, 1);
}

TEST(Repair, AHalfDoneMigrationMayBePendingAgain) {
    half_done db(fault::moment::before);
    db.data.execute_by_hand("DROP TABLE t1a");
    const repair_request not_applied{.version = 1, .what = repair_kind::not_applied};
    (void)repair(db.direct, db.shop.get(), not_applied, because("undone by hand"));
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_EQ(db.data.now.rows.at(2).state, entry_state::superseded);
    EXPECT_THAT(steps(migrate(db.direct, db.shop.get()).done), ElementsAre("apply 1"));
    EXPECT_EQ(check(db.direct, db.shop.get()), database_state::current);
}

TEST(Repair, AnAppliedMigrationMayTurnOutNotToBe) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    db.data.execute_by_hand("DROP TABLE t1");
    const repair_request not_applied{.version = 1, .what = repair_kind::not_applied};
    (void)repair(db.direct, shop.get(), not_applied, because("lost with a backup"));
    EXPECT_THAT(steps(migrate(db.direct, shop.get()).done), ElementsAre("apply 1"));
    EXPECT_TRUE(db.data.has_table("t1"));
}

TEST(Repair, AHalfRevertedMigrationMayBeReverted) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    failing_engine dying(db.direct, {.call = 6, .when = fault::moment::after});
    (void)refused([&] { (void)rollback(dying, shop.get(), rollback_to::base()); });
    const auto why = refused([&] { (void)rollback(db.direct, shop.get(), rollback_to::base()); });
    EXPECT_THAT(why.problems.at(0).message, HasSubstr("half reverted, 1 of 3: statement 2 was begun"));
    EXPECT_THAT(why.problems.at(0).hint, HasSubstr("repair 1 --statement 2 --done"));
    (void)repair(db.direct, shop.get(), about_statement(repair_kind::statement_done, 2), because("it is gone"));
    EXPECT_EQ(rollback(db.direct, shop.get(), rollback_to::base()).done.at(0).resume_after, 2);
    EXPECT_THAT(db.data.active(), IsEmpty());
}

TEST(Repair, TheChecksumOfAChangedMigrationIsTakenOver) {
    migration_text changed = table(1);
    const built_history before("shop", engine_kind::sqlite, {table(1)});
    changed.edit = "as it should have been";
    const built_history after("shop", engine_kind::sqlite, {changed});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const auto why = refused([&] { (void)migrate(db.direct, after.get()); });
    EXPECT_THAT(why.problems.at(0).hint, HasSubstr("repair 1 --accept"));
    const repair_request accept{.version = 1, .what = repair_kind::accept};
    (void)repair(db.direct, after.get(), accept, because("did the same"));
    EXPECT_EQ(check(db.direct, after.get()), database_state::current);
    EXPECT_EQ(db.data.now.rows.at(2).state, entry_state::superseded);
    EXPECT_EQ(db.data.now.rows.at(3).details, R"({"released":1,"accepted_instead_of":2})");
    EXPECT_EQ(db.data.now.rows.at(3).reason, "did the same");
    EXPECT_THAT(steps(rollback(db.direct, after.get(), rollback_to::base()).done), ElementsAre("revert 1"));
    EXPECT_FALSE(db.data.has_table("t1"));
}

TEST(Repair, WhatIsAsItShouldBeIsNotRepaired) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    options how;
    how.to = target::version(1);
    (void)migrate(db.direct, shop.get(), how);
    const auto kinds_of = [&](const repair_request& what) {
        return kinds(refused([&] { (void)repair(db.direct, shop.get(), what, because("x")); }).problems);
    };
    EXPECT_THAT(kinds_of({.version = 1, .what = repair_kind::accept}), ElementsAre("already_applied 1"));
    EXPECT_THAT(kinds_of(about_statement(repair_kind::statement_done, 1)), ElementsAre("already_applied 1"));
    EXPECT_THAT(kinds_of({.version = 2, .what = repair_kind::not_applied}), ElementsAre("unknown_version 2"));
    EXPECT_THAT(kinds_of({.version = 3, .what = repair_kind::not_applied}), ElementsAre("unknown_version 3"));
}

TEST(Repair, AnotherMigrationIsNotAccepted) {
    migration_text renamed = table(1);
    renamed.name = "other";
    renamed.edit = "another";
    const built_history before("shop", engine_kind::sqlite, {table(1)});
    const built_history after("shop", engine_kind::sqlite, {renamed});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const repair_request accept{.version = 1, .what = repair_kind::accept};
    EXPECT_THAT(kinds(refused([&] { (void)repair(db.direct, after.get(), accept, because("x")); }).problems),
                ElementsAre("edited 1"));
}

TEST(Repair, NeedsAReason) {
    half_done db(fault::moment::before);
    const auto why =
        refused([&] { (void)repair(db.direct, db.shop.get(), about_statement(repair_kind::statement_done, 2)); });
    EXPECT_EQ(why.code, error_code::invalid_argument);
}

TEST(Repair, WritesNothingInADryRun) {
    half_done db(fault::moment::before);
    const auto rows = db.data.now.rows.size();
    options how = because("x");
    how.mode = run_mode::dry;
    const report planned = repair(db.direct, db.shop.get(), about_statement(repair_kind::statement_done, 2), how);
    EXPECT_EQ(planned.done.at(0).note, "statement 2 is done");
    EXPECT_EQ(db.data.now.rows.size(), rows);
}

}  // namespace
}  // namespace varve::testing
