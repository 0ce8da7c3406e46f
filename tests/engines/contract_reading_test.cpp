#include "engine_contract.hpp"

#include <varve/error.hpp>

#include <vector>

namespace varve::testing {
namespace {

using rows = engine::rows;

bool current(engine& db, std::vector<expected_marks> expected) { return db.is_current(expected); }

bool shop_is(engine& db, std::int64_t count, std::int64_t sum) { return current(db, {{"shop", count, sum}}); }

}  // namespace

TEST_P(engine_contract, SaysWhatItIs) {
    EXPECT_TRUE(db->kind() == engine_kind::sqlite || db->kind() == engine_kind::postgresql);
    EXPECT_FALSE(db->location().empty());
}

TEST_P(engine_contract, CarriesTheLedgersOwnHistory) {
    const history& own = db->ledger_history();
    EXPECT_EQ(own.name, "varve");
    EXPECT_EQ(own.engine, db->kind());
    ASSERT_GE(own.size(), 1U);
    EXPECT_GE(own[0].up().size(), 1U);
}

TEST_P(engine_contract, IsNotCurrentWithoutALedger) {
    EXPECT_FALSE(current(*db, {{"varve", 1, 1}}));
    EXPECT_FALSE(current(*db, {{"shop", 0, 0}}));
}

TEST_P(engine_contract, ReadsThatThereIsNoLedger) {
    const ledger_snapshot read = db->read(rows::all);
    EXPECT_FALSE(read.exists);
    EXPECT_EQ(read.revision, 0);
    EXPECT_TRUE(read.entries.empty());
    EXPECT_FALSE(db->read(rows::active).exists);
    EXPECT_TRUE(db->read_statements(1, direction::down).empty());
}

TEST_P(engine_contract, CreatesNothingByReading) {
    EXPECT_FALSE(current(*db, {{"shop", 0, 0}}));
    EXPECT_FALSE(db->read(rows::all).exists);
    EXPECT_FALSE(database->has_table("varve_ledger"));
}

TEST_P(engine_contract, IsNotCurrentInADatabaseThatDoesNotExist) {
    const auto missing = database->connect_to_missing_database();
    try {
        EXPECT_FALSE(current(*missing, {{"shop", 0, 0}}));
        EXPECT_FALSE(missing->read(rows::all).exists);
        EXPECT_TRUE(missing->read_statements(1, direction::up).empty());
    } catch (const error& failure) {  // a server's database is created by somebody with the right to
        EXPECT_EQ(failure.code(), error_code::database_missing);
    }
    EXPECT_FALSE(database->missing_database_was_created());
}

TEST_P(engine_contract, CreatesTheLedgerWithItsOwnScripts) {
    create_ledger(*db);
    EXPECT_TRUE(database->has_table("varve_ledger"));
    EXPECT_TRUE(database->has_table("varve_statement"));
    const ledger_snapshot read = everything();
    EXPECT_TRUE(read.exists);
    EXPECT_EQ(read.revision, static_cast<std::int64_t>(db->ledger_history().size()));
    const history& own = db->ledger_history();
    EXPECT_TRUE(current(*db, {{own.name, own.mark_count, own.mark_sum}}));
}

TEST_P(engine_contract, IsCurrentIfCountAndSumAreExactlyAsExpected) {
    create_ledger_with_two_rows();
    EXPECT_TRUE(shop_is(*db, 2, 30));
    EXPECT_FALSE(shop_is(*db, 2, 31));
    EXPECT_FALSE(shop_is(*db, 1, 30));
    EXPECT_FALSE(shop_is(*db, 3, 30));
    EXPECT_FALSE(shop_is(*db, 0, 0));
}

TEST_P(engine_contract, IsCurrentOnlyIfEveryHistoryIs) {
    create_ledger_with_two_rows();
    const history& own = db->ledger_history();
    EXPECT_TRUE(current(*db, {{own.name, own.mark_count, own.mark_sum}, {"shop", 2, 30}}));
    EXPECT_FALSE(current(*db, {{own.name, own.mark_count, own.mark_sum + 1}, {"shop", 2, 30}}));
    EXPECT_FALSE(current(*db, {{own.name, own.mark_count, own.mark_sum}, {"shop", 2, 29}}));
}

TEST_P(engine_contract, IsCurrentForAnEmptyHistoryWithoutRows) {
    create_ledger_with_two_rows();
    EXPECT_TRUE(current(*db, {{"empty", 0, 0}, {"shop", 2, 30}}));
    EXPECT_FALSE(current(*db, {{"empty", 1, 0}}));
    EXPECT_FALSE(current(*db, {{"empty", 0, 1}}));
    EXPECT_TRUE(current(*db, {}));
}

TEST_P(engine_contract, LooksAtNoOtherHistoryThanTheExpectedOnes) {
    create_ledger_with_two_rows();
    ledger_entry other = applied_row(revision() + 1, 1, 77);
    other.history = "it's another \"one\" — ändert nichts";
    ASSERT_EQ(write(*db, {.inserts = {other}}), outcome::done);
    EXPECT_TRUE(shop_is(*db, 2, 30));
    EXPECT_TRUE(current(*db, {{other.history, 1, 77}}));
}

TEST_P(engine_contract, IsNotCurrentWhileSomethingIsHalfDone) {
    create_ledger_with_two_rows();
    ledger_entry half = applied_row(revision() + 1, 3, -1);
    half.state = entry_state::running;
    ASSERT_EQ(write(*db, {.inserts = {half}}), outcome::done);
    EXPECT_FALSE(shop_is(*db, 2, 30));
    EXPECT_FALSE(shop_is(*db, 3, 30));
    EXPECT_TRUE(shop_is(*db, 3, 29));
}

TEST_P(engine_contract, DoesNotCountWhatIsNoLongerActive) {
    create_ledger_with_two_rows();
    const entry_update gone{.id = second.id, .state = entry_state::reverted};
    ledger_entry event = applied_row(revision() + 1, 2, 0);
    event.slot.reset();
    event.mark.reset();
    event.kind = entry_kind::event;
    ASSERT_EQ(write(*db, {.updates = {gone}, .inserts = {event}}), outcome::done);
    EXPECT_TRUE(shop_is(*db, 1, 10));
    EXPECT_FALSE(shop_is(*db, 2, 30));
}

TEST_P(engine_contract, DoesNotCountAMarkWithoutASlot) {
    create_ledger_with_two_rows();
    ledger_entry inactive = applied_row(revision() + 1, 3, 40);
    inactive.slot.reset();
    ASSERT_EQ(write(*db, {.inserts = {inactive}}), outcome::done);
    EXPECT_TRUE(shop_is(*db, 2, 30));
}

TEST_P(engine_contract, CountsTheLargestMarksWithoutOverflow) {
    create_ledger_with_two_rows();
    const std::int64_t largest = (std::int64_t{1} << 40) - 1;
    ledger_change change;
    const std::int64_t last = revision();
    for (std::int64_t each = 1; each <= 200; ++each) {
        change.inserts.push_back(applied_row(last + each, 100 + each, largest));
    }
    ASSERT_EQ(write(*db, change), outcome::done);
    EXPECT_TRUE(shop_is(*db, 202, 200 * largest + 30));
}

TEST_P(engine_contract, ReadsActiveRowsWithTheRevisionOfAll) {
    create_ledger_with_two_rows();
    const entry_update gone{.id = second.id, .state = entry_state::reverted};
    ledger_entry event = applied_row(second.id + 1, 2, 0);
    event.slot.reset();
    event.mark.reset();
    event.kind = entry_kind::event;
    ASSERT_EQ(write(*db, {.updates = {gone}, .inserts = {event}}), outcome::done);
    const ledger_snapshot active = db->read(rows::active);
    EXPECT_TRUE(active.exists);
    EXPECT_EQ(active.revision, event.id);
    for (const auto& each : active.entries) EXPECT_TRUE(each.active());
    EXPECT_EQ(active.entries.size(), db->ledger_history().size() + 1);
    EXPECT_EQ(active.entries.back().id, first.id);
    EXPECT_EQ(db->read(rows::all).entries.size(), db->ledger_history().size() + 3);
}

TEST_P(engine_contract, ReadsRowsOldestFirst) {
    create_ledger_with_two_rows();
    const ledger_snapshot all = db->read(rows::all);
    for (std::size_t each = 1; each < all.entries.size(); ++each) {
        EXPECT_LT(all.entries[each - 1].id, all.entries[each].id);
    }
}

TEST_P(engine_contract, RefusesToReadInsideATransactionOfTheCaller) {
    create_ledger_with_two_rows();
    const auto inside = database->connect_inside_transaction();
    try {
        (void)current(*inside, {{"shop", 2, 30}});
        FAIL() << "was not refused";
    } catch (const error& refusal) {
        EXPECT_EQ(refusal.code(), error_code::transaction_open);
    }
    EXPECT_TRUE(database->commit_transaction_of_the_caller());
    EXPECT_TRUE(database->has_table("of_the_caller"));
    EXPECT_TRUE(current(*inside, {{"shop", 2, 30}}));
}

TEST_P(engine_contract, RefusesToPerformInsideATransactionOfTheCaller) {
    create_ledger_with_two_rows();
    const std::int64_t before = revision();
    const auto inside = database->connect_inside_transaction();
    try {
        (void)perform(*inside, before, {running({"CREATE TABLE intruder (id integer)"})});
        FAIL() << "was not refused";
    } catch (const error& refusal) {
        EXPECT_EQ(refusal.code(), error_code::transaction_open);
    }
    EXPECT_TRUE(database->commit_transaction_of_the_caller());
    EXPECT_TRUE(database->has_table("of_the_caller"));
    EXPECT_FALSE(database->has_table("intruder"));
}

}  // namespace varve::testing
