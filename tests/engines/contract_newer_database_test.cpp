#include "engine_contract.hpp"
#include "operations.hpp"

#include <gmock/gmock.h>

/// Two programs of different age on one database.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

/// Migrates with a connection of its own while somebody waits.
class migrating_meanwhile final : public observer {
public:
    migrating_meanwhile(engine_under_test& where, const history& what) : where_(where), what_(what) {}
    void on_event(const event& seen) override {
        EXPECT_EQ(seen.kind, event_kind::waiting);
        (void)migrate(*where_.connect(), what_, by_ann());
    }

private:
    engine_under_test& where_;
    const history& what_;
};

options reverting() {
    options how = by_ann();
    how.when_newer = newer_database::revert;
    return how;
}

}  // namespace

TEST_P(engine_contract, RevertsAtTheStartWhatANewerProgramApplied) {
    migration_text breaking = table(2);
    breaking.breaks_older = true;
    const auto newer = history_for(*db, "shop", {table(1), breaking, alone(3), draft(4)});
    const auto older = history_for(*db, "shop", {table(1)});
    (void)migrate(*database->connect(), newer.get(), by_ann());
    EXPECT_THAT(words(migrate(*db, older.get(), reverting()).done), ElementsAre("revert 4", "revert 3", "revert 2"));
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied"));
    EXPECT_TRUE(database->has_table("t1"));
    for (const char* gone : {"t2", "t3a", "t3b", "t3c", "t4"}) EXPECT_FALSE(database->has_table(gone)) << gone;
    EXPECT_EQ(check(*db, older.get()), database_state::current);
    EXPECT_THAT(words(migrate(*database->connect(), newer.get(), by_ann()).done),
                ElementsAre("apply 2", "apply 3", "apply 4"))
        << "and the newer program comes back";
}

TEST_P(engine_contract, RefusesAnyNewerDatabaseIfTold) {
    const auto newer = history_for(*db, "shop", {table(1), table(2)});
    const auto older = history_for(*db, "shop", {table(1)});
    (void)migrate(*db, newer.get(), by_ann());
    EXPECT_THAT(migrate(*db, older.get(), by_ann()).done, IsEmpty()) << "what is compatible is accepted by default";
    options how = by_ann();
    how.when_newer = newer_database::refuse;
    EXPECT_THAT(words(refusal_of([&] { (void)migrate(*db, older.get(), how); }).problems),
                ElementsAre("incompatible 2"));
}

TEST_P(engine_contract, RequiresWithoutWriting) {
    const auto shop = history_for(*db, "shop", {table(1)});
    const auto why = refusal_of([&] { require(*db, shop.get()); });
    EXPECT_EQ(why.code, error_code::pending);
    EXPECT_THAT(why.message, HasSubstr("has no ledger"));
    EXPECT_FALSE(database->has_table("varve_ledger"));
    (void)migrate(*db, shop.get(), by_ann());
    require(*database->connect(), shop.get());
}

TEST_P(engine_contract, RequiresUntilSomebodyElseHasMigrated) {
    const auto before = history_for(*db, "shop", {table(1)});
    const auto shop = history_for(*db, "shop", {table(1), table(2)});
    (void)migrate(*db, before.get(), by_ann());
    migrating_meanwhile other(*database, shop.get());
    require(*db, shop.get(), {.wait = 1h, .watch = &other});
    EXPECT_TRUE(database->has_table("t2"));
}

TEST_P(engine_contract, ReadsButDoesNotWriteTheLedgerOfANewerVarve) {
    const auto shop = history_for(*db, "shop", {table(1)});
    const auto more = history_for(*db, "shop", {table(1), table(2)});
    (void)migrate(*db, shop.get(), by_ann());
    ledger_entry newer = everything().entries.front();
    newer.id = revision() + 1;
    newer.version = 2;
    newer.name = "other_columns";
    newer.slot = "v:2";
    newer.mark = 77;
    newer.breaks_older = true;
    ASSERT_EQ(write(*db, {.inserts = {newer}}), outcome::done);
    require(*db, shop.get());
    EXPECT_THAT(migrate(*db, shop.get(), by_ann()).done, IsEmpty());
    EXPECT_TRUE(status(*db, more.get()).ledger_exists);
    const auto why = refusal_of([&] { (void)migrate(*db, more.get(), by_ann()); });
    EXPECT_EQ(why.code, error_code::ledger_too_new);
    EXPECT_THAT(why.problems.at(0).message, HasSubstr("2 other_columns"));
    EXPECT_EQ(refusal_of([&] { (void)rollback(*db, shop.get(), rollback_to::last(1), by_ann()); }).code,
              error_code::ledger_too_new);
    EXPECT_FALSE(database->has_table("t2"));
}

}  // namespace varve::testing
