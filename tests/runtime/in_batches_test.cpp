#include "shop.hpp"

#include <varve/transaction.hpp>

#include <functional>
#include <stdexcept>

/// Migrations written in C++ that are called again and again.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Ten rows, three at a time.
constexpr std::int64_t all_rows = 10;
std::function<void(std::int64_t)> before_row;

void three_rows(batches& work) {
    const std::int64_t first = work.position<std::int64_t>().value_or(0) + 1;
    const std::int64_t last = std::min(first + 2, all_rows);
    for (std::int64_t row = first; row <= last; ++row) {
        if (before_row) before_row(row);
        work.execute("UPDATE row", row);
    }
    work.progress(last, all_rows);
    if (last < all_rows) work.go_on_after(last);
}

void same_again(batches& work) { work.go_on_after("x"); }

migration_text batched(std::int64_t version, void (*up)(batches&) = three_rows) {
    return {.version = version, .name = "b" + std::to_string(version), .code = {.up_in_batches = up}};
}

class InBatches : public ::testing::Test {
protected:
    InBatches() { before_row = nullptr; }
    ~InBatches() override { before_row = nullptr; }

    void expect_each_row_once() {
        std::vector<std::string> rows;
        for (std::int64_t row = 1; row <= all_rows; ++row) rows.push_back("UPDATE row <- " + std::to_string(row));
        EXPECT_EQ(db.data.statements_run(), rows);
        EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied"));
        EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
    }

    built_history shop{"shop", engine_kind::sqlite, {batched(1)}};
    shop_database db;
};

TEST_F(InBatches, IsATransactionForEachBatch) {
    (void)migrate(db.counted, shop.get());
    expect_each_row_once();
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "try_lock", "read", "perform", "perform", "perform",
                                                "perform", "perform", "perform"))
        << "the ledger, the row, four batches";
    EXPECT_EQ(db.data.now.rows.at(2).statements_done, 4);
    EXPECT_EQ(db.data.now.rows.at(2).details, R"({"released":1})");
}

TEST_F(InBatches, GoesOnBehindTheLastBatchThatWasCommitted) {
    before_row = [](std::int64_t row) {
        if (row == 8) throw std::runtime_error("row 8 is odd");
    };
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.done, "of 1 b1, which runs in batches, 2 batches, which stay; the next start goes on behind them");
    EXPECT_EQ(db.data.now.rows.at(2).details, R"({"released":1,"position":"6"})");
    before_row = nullptr;
    const plan next = plan_for(db.direct, shop.get());
    ASSERT_EQ(next.steps.size(), 1U);
    EXPECT_EQ(next.steps[0].note, "goes on after 6, with 2 batches done; runs C++");
    (void)migrate(db.direct, shop.get());
    expect_each_row_once();
}

TEST_F(InBatches, IsDoneOnceByTwoProcessesThatTakeTurns) {
    db.data.scope = lock_scope::transaction;
    fake_engine other(db.data);
    before_row = [&](std::int64_t row) {
        if (row != 4) return;
        before_row = nullptr;
        (void)migrate(other, shop.get());
    };
    (void)migrate(db.direct, shop.get());
    expect_each_row_once();
}

TEST_F(InBatches, KeepsEachBatchWhereverTheConnectionBreaks) {
    for (std::size_t call = 4; call <= 9; ++call) {
        for (const auto when : {fault::moment::before, fault::moment::after}) {
            shop_database broken;
            failing_engine lossy(broken.direct, {.call = call, .when = when});
            (void)refused([&] {
                (void)migrate(lossy, shop.get());
                throw error({.message = "the connection could be made anew"});
            });
            (void)migrate(broken.direct, shop.get());
            EXPECT_EQ(broken.data.statements_run().size(), 10U) << call;
            EXPECT_THAT(broken.data.active(), ElementsAre("shop 1 applied"));
        }
    }
}

TEST_F(InBatches, ThatDoesNotMoveOnIsStopped) {
    const built_history endless("shop", engine_kind::sqlite, {batched(1, same_again)});
    const auto why = refused([&] { (void)migrate(db.direct, endless.get()); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_THAT(why.message, HasSubstr("it would not end"));
}

TEST_F(InBatches, IsNotGoneOnWithByOtherCode) {
    before_row = [](std::int64_t row) {
        if (row == 8) throw std::runtime_error("row 8 is odd");
    };
    (void)refused([&] { (void)migrate(db.direct, shop.get()); });
    migration_text edited = batched(1);
    edited.edit = "another";
    const built_history after("shop", engine_kind::sqlite, {edited});
    const auto why = refused([&] { (void)migrate(db.direct, after.get()); });
    ASSERT_THAT(kinds(why.problems), ElementsAre("half_done 1"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("2 of its batches are committed"));
}

TEST_F(InBatches, CannotBePartOfOneTransaction) {
    const built_history two("shop", engine_kind::sqlite, {table(1), batched(2)});
    const auto why = refused([&] { (void)migrate(db.direct, two.get(), {.transactions = grouping::all}); });
    ASSERT_THAT(kinds(why.problems), ElementsAre("mixed_batch 2"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("runs in a transaction for each batch"));
    EXPECT_THAT(db.data.active(), IsEmpty());
}

TEST_F(InBatches, KeepsAPositionOfAnyText) {
    static const std::string odd = "a \"b\" \\ \n{}";
    static int calls = 0;
    calls = 0;
    const built_history shop_of_text("shop", engine_kind::sqlite, {batched(1, [](batches& work) {
                                         if (++calls == 1) {
                                             work.go_on_after(odd);
                                         } else {
                                             work.execute("UPDATE", *work.position());
                                         }
                                     })});
    (void)migrate(db.direct, shop_of_text.get());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("UPDATE <- " + odd));
}

}  // namespace
}  // namespace varve::testing
