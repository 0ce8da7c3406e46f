#include "shop.hpp"

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Migrate, AppliesWhatIsPendingInTheHistorysOrder) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(9), table(2)});
    shop_database db;
    const report result = migrate(db.direct, shop.get());
    EXPECT_THAT(steps(result.done), ElementsAre("apply 1", "apply 9", "apply 2"));
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1", "CREATE TABLE t9", "CREATE TABLE t2"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 9 applied", "shop 2 applied"));
}

TEST(Migrate, TakesOneCallWhenNothingIsPending) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    const report result = migrate(db.counted, shop.get());
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current"));
    EXPECT_THAT(result.done, IsEmpty());
}

TEST(Migrate, PutsEverythingInOneTransactionOnSqlite) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    (void)migrate(db.counted, shop.get());
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "try_lock", "read", "perform", "perform"))
        << "the ledger first, then both migrations together";
}

TEST(Migrate, GivesEachMigrationItsOwnTransactionOnPostgresql) {
    const built_history shop("shop", engine_kind::postgresql, {table(1), table(2)});
    fake_database data(engine_kind::postgresql);
    fake_engine direct(data);
    failing_engine counted(direct);
    (void)migrate(counted, shop.get());
    EXPECT_THAT(counted.calls(), ElementsAre("is_current", "try_lock", "read", "perform", "perform", "perform"));
}

TEST(Migrate, KeepsNothingOfABatchThatFails) {
    const built_history shop("shop", engine_kind::sqlite,
                             {table(1), {.version = 2, .name = "bad", .up = {"CREATE TABLE x", "FAIL here"}}});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.version, 2);
    EXPECT_EQ(why.history, "shop");
    EXPECT_EQ(why.file, "migrations/0002_bad.sql");
    EXPECT_EQ(why.done, "");
    EXPECT_EQ(why.undone, "shop 1 to 2");
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_THAT(db.data.statements_run(), IsEmpty());
    EXPECT_EQ(db.data.lock_owner, nullptr);
}

TEST(Migrate, SaysWhatStaysWhenALaterTransactionFails) {
    const built_history shop("shop", engine_kind::sqlite,
                             {table(1), table(2), {.version = 3, .name = "bad", .up = {"FAIL"}}});
    shop_database db;
    options each;
    each.transactions = grouping::each;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), each); });
    EXPECT_EQ(why.done, "applied shop 1 to 2");
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 2 applied"));
}

TEST(Migrate, StopsAtAVersion) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    shop_database db;
    options how;
    how.to = target::version(2);
    EXPECT_THAT(steps(migrate(db.direct, shop.get(), how).done), ElementsAre("apply 1", "apply 2"));
    EXPECT_THAT(steps(migrate(db.direct, shop.get()).done), ElementsAre("apply 3"));
    const report again = migrate(db.direct, shop.get(), how);
    EXPECT_THAT(again.done, IsEmpty());
    EXPECT_THAT(again.notes, ElementsAre(HasSubstr("3 t3 stays applied")));
}

TEST(Migrate, WritesNothingInADryRun) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    options how;
    how.mode = run_mode::dry;
    EXPECT_THAT(steps(migrate(db.counted, shop.get(), how).done), ElementsAre("apply 1"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("read"));
    EXPECT_FALSE(db.data.has_table("varve_ledger"));
}

TEST(Migrate, RecordsWhoAndWhy) {
    const built_history shop("shop", engine_kind::sqlite, {draft(1)});
    shop_database db;
    options how = impatient();
    how.reason = "release 7";
    (void)migrate(db.direct, shop.get(), how);
    const ledger_entry& row = db.data.now.rows.at(2);
    EXPECT_EQ(row.applied_by, "ann@desk:1");
    EXPECT_EQ(row.program, "shop");
    EXPECT_EQ(row.reason, "release 7");
    EXPECT_EQ(row.slot, "v:1");
    EXPECT_EQ(row.details, "");
    EXPECT_EQ(row.statements_done, 1);
    EXPECT_EQ(row.duration_ms, 1);
    EXPECT_EQ(row.mark, shop.get().migrations[0].mark);
}

TEST(Migrate, RecordsThePlaceAmongTheReleasedOnes) {
    const built_history shop("shop", engine_kind::sqlite, {table(4), table(2), draft(9)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_EQ(db.data.now.rows.at(2).details, R"({"released":1})");
    EXPECT_EQ(db.data.now.rows.at(3).details, R"({"released":2})");
    EXPECT_EQ(db.data.now.rows.at(4).details, "");
}

TEST(Migrate, RecordsItselfByDefault) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_THAT(db.data.now.rows.at(2).applied_by, HasSubstr("@"));
    EXPECT_EQ(db.data.now.rows.at(2).program, "runtime_test");
}

TEST(Migrate, KeepsTheDownInTheLedger) {
    migration_text with_setting = table(1);
    with_setting.foreign_keys = foreign_keys_setting::off;
    const built_history shop("shop", engine_kind::sqlite, {with_setting});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    const auto kept = db.direct.read_statements(2, direction::down);
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].position, 0);
    EXPECT_EQ(kept[0].sql, "PRAGMA foreign_keys=OFF");
    EXPECT_EQ(kept[1].sql, "DROP TABLE t1");
    EXPECT_EQ(kept[1].file, "migrations/0001_t1.down.sql");
    EXPECT_EQ(kept[1].line, 1U);
}

TEST(Migrate, CreatesTheLedgerForAnEmptyHistory) {
    const built_history shop("shop", engine_kind::sqlite, {});
    shop_database db;
    EXPECT_THAT(migrate(db.direct, shop.get()).done, IsEmpty());
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Migrate, RefusesAHistoryOfAnotherEngine) {
    const built_history shop("shop", engine_kind::postgresql, {table(1)});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::invalid_argument);
    EXPECT_THAT(why.message, HasSubstr("postgresql"));
}

TEST(Migrate, RefusesTheSameHistoryTwice) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, {shop.get(), shop.get()}); });
    EXPECT_EQ(why.code, error_code::invalid_argument);
}

TEST(Migrate, RefusesAReservedName) {
    const built_history shop("varve_shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    EXPECT_EQ(refused([&] { (void)migrate(db.direct, shop.get()); }).code, error_code::invalid_argument);
}

}  // namespace
}  // namespace varve::testing
