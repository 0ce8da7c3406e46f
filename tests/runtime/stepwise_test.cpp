#include "shop.hpp"

/// Scripts that run without a transaction.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

migration_text failing_at_second(std::int64_t version) {
    migration_text result = alone(version);
    result.up[1] = "FAIL here";
    return result;
}

std::vector<std::string> progress_of(shop_database& db, std::int64_t id, direction which) {
    std::vector<std::string> result;
    for (const auto& each : db.direct.read_statements(id, which)) {
        result.push_back(std::to_string(each.position) + " " + std::string(to_string(each.state)));
    }
    return result;
}

TEST(Stepwise, RunsEachStatementByItself) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    const report result = migrate(db.counted, shop.get());
    EXPECT_THAT(steps(result.done), ElementsAre("apply 1"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "try_lock", "read", "perform", "perform", "execute_alone",
                                                "perform", "execute_alone", "perform", "execute_alone", "perform"));
    EXPECT_THAT(progress_of(db, 2, direction::up), ElementsAre("1 done", "2 done", "3 done"));
    EXPECT_EQ(db.data.now.rows.at(2).statements_done, 3);
    EXPECT_EQ(db.data.now.rows.at(3).details, R"({"event":"finished","row":2})");
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Stepwise, IsATransactionOfItsOwnBetweenOthers) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), alone(2), table(3), table(4)});
    shop_database db;
    EXPECT_THAT(steps(migrate(db.direct, shop.get()).done), ElementsAre("apply 1", "apply 2", "apply 3", "apply 4"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Stepwise, RecordsAScriptWithoutStatementsAtOnce) {
    migration_text comments = alone(1);
    comments.up.clear();
    const built_history shop("shop", engine_kind::sqlite, {comments});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Stepwise, SaysWhatStaysOfAFailure) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), failing_at_second(2)});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.done, "applied shop 1; of 2 t2, which runs without a transaction, 1 of 3 statements, which stay");
    EXPECT_THAT(progress_of(db, 3, direction::up), ElementsAre("1 done", "2 failed", "3 pending"));
    EXPECT_EQ(db.data.lock_owner, nullptr);
    EXPECT_EQ(check(db.direct, shop.get()), database_state::pending);
}

TEST(Stepwise, GoesOnAfterTheLastFinishedStatement) {
    const built_history broken("shop", engine_kind::sqlite, {failing_at_second(2)});
    const built_history repaired("shop", engine_kind::sqlite, {alone(2), table(3)});
    shop_database db;
    (void)refused([&] { (void)migrate(db.direct, broken.get()); });
    const report result = migrate(db.direct, repaired.get());
    EXPECT_THAT(steps(result.done), ElementsAre("apply 2", "apply 3"));
    EXPECT_EQ(result.done[0].resume_after, 1);
    EXPECT_THAT(db.data.statements_run(),
                ElementsAre("CREATE TABLE t2a", "CREATE TABLE t2b", "CREATE TABLE t2c", "CREATE TABLE t3"));
    EXPECT_EQ(check(db.direct, repaired.get()), database_state::current);
    EXPECT_EQ(db.data.now.rows.at(2).state, entry_state::superseded) << "the script is another one now";
}

TEST(Stepwise, GoesOnWithTheSameScript) {
    const built_history shop("shop", engine_kind::sqlite, {alone(2)});
    shop_database db;
    db.data.execute_by_hand("CREATE TABLE t2b");
    (void)refused([&] { (void)migrate(db.direct, shop.get()); });
    db.data.execute_by_hand("DROP TABLE t2b");
    (void)migrate(db.direct, shop.get());
    EXPECT_EQ(db.data.now.rows.at(2).state, entry_state::applied);
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Stepwise, DoesNotGuessAboutAStatementThatWasBegun) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    failing_engine dying(db.direct, {.call = 8, .when = fault::moment::after});
    const auto lost = refused([&] { (void)migrate(dying, shop.get()); });
    EXPECT_EQ(dying.calls().at(7), "execute_alone");
    EXPECT_EQ(lost.code, error_code::connection_failed);
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), impatient()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("half_done 1"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("half done, 1 of 3: statement 2 was begun"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("CREATE TABLE t1b"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("migrations/0001_t1.sql:2:1"));
    EXPECT_THAT(why.problems[0].hint, HasSubstr("`repair 1 --statement 2 --done --reason ...` if it took effect"));
    EXPECT_THAT(why.problems[0].hint, HasSubstr("`repair 1 --statement 2 --not-done --reason ...` if not"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::diverged);
    db.data.execute_by_hand("CREATE TABLE t1c");
    EXPECT_THAT(steps(skip(db.direct, shop.get(), 1).done), ElementsAre("skip 1"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
    EXPECT_THAT(migrate(db.direct, shop.get()).done, IsEmpty());
}

TEST(Stepwise, GoesOnAfterAnErrorThatCameBeforeTheStatement) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    for (const auto code : {error_code::needs_session, error_code::permission_denied, error_code::read_only}) {
        shop_database db;
        db.data.refuses_alone = code;
        EXPECT_EQ(refused([&] { (void)migrate(db.direct, shop.get()); }).code, code);
        EXPECT_EQ(check(db.direct, shop.get()), database_state::pending);
        db.data.refuses_alone.reset();
        EXPECT_EQ(migrate(db.direct, shop.get()).done.size(), 1U);
    }
}

TEST(Stepwise, RefusesToGoOnIfAFinishedStatementChanged) {
    const built_history broken("shop", engine_kind::sqlite, {failing_at_second(2)});
    migration_text other = alone(2);
    other.up[0] = "CREATE TABLE other";
    const built_history changed("shop", engine_kind::sqlite, {other});
    shop_database db;
    (void)refused([&] { (void)migrate(db.direct, broken.get()); });
    const auto why = refused([&] { (void)migrate(db.direct, changed.get()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("half_done 2"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("reads differently"));
}

TEST(Stepwise, RevertsByItselfToo) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_THAT(steps(rollback(db.direct, shop.get(), rollback_to::base()).done), ElementsAre("revert 1"));
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1a", "CREATE TABLE t1b", "CREATE TABLE t1c",
                                                      "DROP TABLE t1c", "DROP TABLE t1b", "DROP TABLE t1a"));
    EXPECT_THAT(steps(migrate(db.direct, shop.get()).done), ElementsAre("apply 1"));
}

TEST(Stepwise, RevertsByTheKeptDown) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    const built_history older("shop", engine_kind::sqlite, {});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    const report result = rollback(db.direct, older.get(), rollback_to::last(1));
    EXPECT_EQ(result.done[0].source, script_source::ledger);
    EXPECT_TRUE(db.data.active().empty());
    EXPECT_FALSE(db.data.has_table("t1a"));
}

TEST(Stepwise, FinishesAHalfRevertedOneWithRollback) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    db.data.execute_by_hand("DROP TABLE t1b");
    const auto failed = refused([&] { (void)rollback(db.direct, shop.get(), rollback_to::base()); });
    EXPECT_EQ(failed.file, "migrations/0001_t1.down.sql");
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("half_done 1"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("half reverted, 1 of 3"));
    db.data.execute_by_hand("CREATE TABLE t1b");
    const report result = rollback(db.direct, shop.get(), rollback_to::base());
    EXPECT_EQ(result.done[0].resume_after, 1);
    EXPECT_TRUE(db.data.active().empty());
    EXPECT_FALSE(db.data.has_table("t1a"));
}

TEST(Stepwise, IsFinishedBeforeItCanBeReverted) {
    const built_history broken("shop", engine_kind::sqlite, {failing_at_second(2)});
    shop_database db;
    (void)refused([&] { (void)migrate(db.direct, broken.get()); });
    EXPECT_THAT(kinds(refused([&] { (void)rollback(db.direct, broken.get(), rollback_to::base()); }).problems),
                ElementsAre("half_done 2"));
}

TEST(Stepwise, CannotBePartOfOneTransaction) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), alone(2)});
    shop_database db;
    options how;
    how.transactions = grouping::all;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), how); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("mixed_batch 2"));
    EXPECT_EQ(why.problems[0].file, "migrations/0002_t2.sql");
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_THAT(kinds(plan_for(db.direct, shop.get(), how).problems), ElementsAre("mixed_batch 2"));
}

TEST(Stepwise, CannotBeInATransactionThatWasAskedForEvenByItself) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    options how;
    how.transactions = grouping::all;
    EXPECT_THAT(kinds(refused([&] { (void)migrate(db.direct, shop.get(), how); }).problems),
                ElementsAre("mixed_batch 1"));
    EXPECT_THAT(db.data.active(), IsEmpty());
    (void)migrate(db.direct, shop.get());
    EXPECT_THAT(kinds(refused([&] { (void)rollback(db.direct, shop.get(), rollback_to::last(1), how); }).problems),
                ElementsAre("mixed_batch 1"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied"));
}

TEST(Batches, EndWhereTheForeignKeysSettingChanges) {
    migration_text off = table(2);
    off.foreign_keys = foreign_keys_setting::off;
    const built_history shop("shop", engine_kind::sqlite, {table(1), off, table(3)});
    shop_database db;
    (void)migrate(db.counted, shop.get());
    EXPECT_THAT(db.counted.calls(),
                ElementsAre("is_current", "try_lock", "read", "perform", "perform", "perform", "perform"));
    shop_database other;
    options how;
    how.transactions = grouping::all;
    EXPECT_THAT(kinds(refused([&] { (void)migrate(other.direct, shop.get(), how); }).problems),
                ElementsAre("mixed_batch 2"));
}

TEST(Stepwise, WaitsForAnotherProcessWhereTheLockDoesNotLast) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    db.data.scope = lock_scope::transaction;
    failing_engine dying(db.direct, {.call = 8, .when = fault::moment::after});
    (void)refused([&] { (void)migrate(dying, shop.get()); });
    struct finishing : observer {
        explicit finishing(shop_database& of) : db(of) {}
        void on_event(const event& told) override {
            if (told.kind != event_kind::waiting) return;
            message = told.message;
            // What the other process does meanwhile.
            db.data.execute_by_hand("CREATE TABLE t1c");
            auto& row = db.data.now.rows.at(2);
            row.state = entry_state::applied;
            row.mark = shop_mark;
        }
        shop_database& db;
        std::int64_t shop_mark = 0;
        std::string message{};
    } other(db);
    other.shop_mark = shop.get().migrations[0].mark;
    options how;
    how.watch = &other;
    EXPECT_THAT(migrate(db.direct, shop.get(), how).done, IsEmpty());
    EXPECT_THAT(other.message, HasSubstr("1 t1, statement 2"));
}

}  // namespace
}  // namespace varve::testing
