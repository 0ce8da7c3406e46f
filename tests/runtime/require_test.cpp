#include "shop.hpp"

#include <functional>
#include <utility>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using namespace std::chrono_literals;

/// Somebody else, who does something while it is waited.
class meanwhile final : public observer {
public:
    explicit meanwhile(std::function<void()> what) : what_(std::move(what)) {}
    void on_event(const event& seen) override {
        told.push_back(std::string(to_string(seen.kind)) + ": " + std::string(seen.message));
        what_();
    }
    std::vector<std::string> told{};

private:
    std::function<void()> what_;
};

TEST(Require, TakesOneCallIfTheDatabaseIsCurrent) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    require(db.counted, shop.get());
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current"));
}

TEST(Require, SaysWhatIsPendingAndDoesNotWaitUnlessAsked) {
    const built_history before("shop", engine_kind::sqlite, {table(1)});
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const auto why = refused([&] { require(db.counted, shop.get()); });
    EXPECT_EQ(why.code, error_code::pending);
    EXPECT_EQ(why.message, "memory is behind this program: shop 2 t2 is pending");
    EXPECT_THAT(why.hint, HasSubstr("wait --current"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "read")) << "no lock, nothing written";
}

TEST(Require, SaysThatThereIsNoLedger) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const auto why = refused([&] { require(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::pending);
    EXPECT_EQ(why.message, "memory has no ledger: nothing was ever migrated there");
    EXPECT_FALSE(db.data.has_table("varve_ledger"));
}

TEST(Require, ReturnsWhenSomebodyElseHasMigrated) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    fake_engine other(db.data);
    meanwhile migrating([&] { (void)migrate(other, shop.get()); });
    require(db.counted, shop.get(), {.wait = 1h, .watch = &migrating});
    EXPECT_THAT(migrating.told, ElementsAre("waiting: memory has no ledger: nothing was ever migrated there"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "read", "is_current"));
}

TEST(Require, WaitsUntilTheDeadline) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const auto why = refused([&] { require(db.counted, shop.get(), {.wait = 30ms}); });
    EXPECT_EQ(why.code, error_code::pending);
    EXPECT_THAT(why.message, HasSubstr("waited 30 ms"));
    EXPECT_THAT(db.counted.calls(), SizeIs(::testing::Ge(4U))) << "looked again and again";
}

TEST(Require, EndsItsWaitWhenAskedTo) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    std::stop_source stop;
    meanwhile stopping([&] { stop.request_stop(); });
    const auto why =
        refused([&] { require(db.direct, shop.get(), {.wait = 1h, .stop = stop.get_token(), .watch = &stopping}); });
    EXPECT_EQ(why.code, error_code::cancelled);
}

TEST(Require, DoesNotWaitForWhatDoesNotPass) {
    const built_history before("shop", engine_kind::sqlite, {table(1)});
    migration_text other = table(1);
    other.edit = "x";
    const built_history after("shop", engine_kind::sqlite, {other});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const auto why = refused([&] { require(db.direct, after.get(), {.wait = 1h}); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(kinds(why.problems), ElementsAre("edited 1"));
}

TEST(Require, WaitsWhileAScriptWithoutATransactionMayBeRunning) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    ledger_entry& row = db.data.now.rows.at(2);
    row.state = entry_state::running;
    row.mark = -1;
    const auto mark = shop.get().migrations[0].mark;
    meanwhile finishing([&] {
        row.state = entry_state::applied;
        row.mark = mark;
    });
    require(db.direct, shop.get(), {.wait = 1h, .watch = &finishing});
    EXPECT_THAT(finishing.told, SizeIs(1U));
}

TEST(Require, AcceptsANewerDatabaseUnlessItIsIncompatibleOrToldNotTo) {
    migration_text breaking = table(3);
    breaking.breaks_older = true;
    const built_history older("shop", engine_kind::sqlite, {table(1)});
    const built_history newer("shop", engine_kind::sqlite, {table(1), table(2)});
    const built_history newest("shop", engine_kind::sqlite, {table(1), table(2), breaking});
    shop_database db;
    (void)migrate(db.direct, newer.get());
    require(db.direct, older.get());
    const auto told = refused([&] { require(db.direct, older.get(), {.when_newer = newer_database::refuse}); });
    EXPECT_THAT(kinds(told.problems), ElementsAre("incompatible 2"));
    (void)migrate(db.direct, newest.get());
    const auto why = refused([&] { require(db.direct, older.get(), {.wait = 1h}); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("incompatible 3"));
}

TEST(Require, RefusesOptionsThatMakeNoSense) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const auto reverting = refused([&] { require(db.direct, shop.get(), {.when_newer = newer_database::revert}); });
    EXPECT_EQ(reverting.code, error_code::invalid_argument);
    EXPECT_EQ(refused([&] { require(db.direct, shop.get(), {.wait = -1ms}); }).code, error_code::invalid_argument);
}

}  // namespace
}  // namespace varve::testing
