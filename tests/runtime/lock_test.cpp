#include "shop.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Lets the other process finish after it was told that somebody waits.
struct patient : observer {
    explicit patient(std::function<void()> what) : then(std::move(what)) {}
    void on_event(const event& told) override {
        lines.push_back(std::string(to_string(told.kind)) + " " + std::string(told.message));
        if (told.kind == event_kind::waiting) then();
    }
    std::function<void()> then;
    std::vector<std::string> lines{};
};

TEST(Lock, IsTriedOnceWithoutPatience) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    fake_engine other(db.data);
    ASSERT_TRUE(other.try_lock());
    const auto why = refused([&] { (void)migrate(db.counted, shop.get(), impatient()); });
    EXPECT_EQ(why.code, error_code::lock_timeout);
    EXPECT_THAT(why.message, HasSubstr("deploy@web1:4711"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "try_lock", "lock_holder"));
    EXPECT_EQ(db.data.lock_owner, &other) << "somebody else's lock stays theirs";
}

TEST(Lock, IsWaitedFor) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    fake_engine other(db.data);
    ASSERT_TRUE(other.try_lock());
    patient by([&] { other.unlock(); });
    options how;
    how.watch = &by;
    (void)migrate(db.direct, shop.get(), how);
    EXPECT_THAT(by.lines, ElementsAre("waiting deploy@web1:4711", "started ", "statement_begun ", "statement_ended ",
                                      "committed "));
    EXPECT_EQ(db.data.lock_owner, nullptr);
}

TEST(Lock, IsNotNeededAnyMoreIfTheOtherDidTheWork) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    fake_engine other(db.data);
    ASSERT_TRUE(other.try_lock());
    patient by([&] {
        (void)migrate(other, shop.get());
        (void)other.try_lock();
    });
    options how;
    how.watch = &by;
    EXPECT_THAT(migrate(db.direct, shop.get(), how).done, IsEmpty());
    EXPECT_EQ(db.data.lock_owner, &other);
}

TEST(Lock, IsReleasedAfterAnError) {
    const built_history shop("shop", engine_kind::sqlite, {{.version = 1, .name = "bad", .up = {"FAIL"}}});
    shop_database db;
    (void)refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(db.data.lock_owner, nullptr);
}

TEST(Revision, MakesAPlanAnewIfSomebodyWasFaster) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    db.data.scope = lock_scope::transaction;
    db.data.before_perform = [&] {
        fake_engine other(db.data);
        options first;
        first.to = target::version(1);
        (void)migrate(other, shop.get(), first);
    };
    patient by([] {});
    options how = impatient();
    how.watch = &by;
    EXPECT_THAT(steps(migrate(db.direct, shop.get(), how).done), ElementsAre("apply 2"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 2 applied"));
}

TEST(Revision, TellsThatAStepIsRetried) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    const built_history auth("auth", engine_kind::sqlite, {table(7)});
    shop_database db;
    (void)migrate(db.direct, auth.get());
    (void)rollback(db.direct, auth.get(), rollback_to::base());
    db.data.scope = lock_scope::transaction;
    db.data.before_perform = [&] {
        fake_engine other(db.data);
        (void)migrate(other, auth.get());
    };
    patient by([] {});
    options how = impatient();
    how.watch = &by;
    EXPECT_THAT(steps(migrate(db.direct, shop.get(), how).done), ElementsAre("apply 1", "apply 2"));
    EXPECT_EQ(by.lines.front(), "retried another process changed the ledger");
}

TEST(Revision, DoesNotRevertMoreThanAskedWhenItPlansAgain) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    const built_history auth("auth", engine_kind::sqlite, {table(7)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    db.data.scope = lock_scope::transaction;
    struct interfering : observer {
        interfering(fake_database& of, const history& with) : data(of), theirs(with) {}
        void on_event(const event& told) override {
            if (told.kind != event_kind::reverted || told.version != 3) return;
            data.before_perform = [this] {
                fake_engine other(data);
                (void)migrate(other, theirs);
            };
        }
        fake_database& data;
        const history& theirs;
    } by(db.data, auth.get());
    options how = impatient();
    how.watch = &by;
    how.transactions = grouping::each;
    EXPECT_THAT(steps(rollback(db.direct, shop.get(), rollback_to::last(2), how).done),
                ElementsAre("revert 3", "revert 2"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "auth 7 applied"));
}

TEST(Revision, LetsARedoEndWhatItBegan) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2), table(3)});
    const built_history auth("auth", engine_kind::sqlite, {table(7)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    db.data.scope = lock_scope::transaction;
    struct interfering : observer {
        interfering(fake_database& of, const history& with) : data(of), theirs(with) {}
        void on_event(const event& told) override {
            if (told.kind != event_kind::committed || told.version != 2) return;
            data.before_perform = [this] {
                fake_engine other(data);
                (void)migrate(other, theirs);
            };
        }
        fake_database& data;
        const history& theirs;
    } by(db.data, auth.get());
    options how = impatient();
    how.watch = &by;
    how.transactions = grouping::each;
    EXPECT_THAT(steps(redo(db.direct, shop.get(), 2, how).done),
                ElementsAre("revert 3", "revert 2", "apply 2", "apply 3"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Lock, LetsManyProcessesApplyEverythingOnce) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), alone(2), table(3)});
    for (const lock_scope scope : {lock_scope::run, lock_scope::transaction}) {
        fake_database data;
        data.scope = scope;
        std::vector<std::thread> processes;
        std::atomic<int> failures = 0;
        for (int each = 0; each < 16; ++each) {
            processes.emplace_back([&] {
                fake_engine own(data);
                try {
                    (void)migrate(own, shop.get());
                } catch (const error&) {
                    ++failures;
                }
            });
        }
        for (auto& each : processes) each.join();
        EXPECT_EQ(failures, 0);
        EXPECT_THAT(data.active(), ElementsAre("shop 1 applied", "shop 2 applied", "shop 3 applied"));
        EXPECT_EQ(data.statements_run().size(), 5U);
    }
}

TEST(Ledger, IsNotWrittenToIfANewerVarveChangedIt) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    const built_history newer_shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    ledger_entry newer = db.data.now.rows.at(1);
    newer.id = 3;
    newer.version = 2;
    newer.slot = "v:2";
    newer.mark = 77;
    newer.breaks_older = true;
    db.data.now.rows.emplace(3, newer);
    EXPECT_THAT(migrate(db.direct, shop.get()).done, IsEmpty()) << "reading is allowed";
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
    const auto why = refused([&] { (void)migrate(db.direct, newer_shop.get()); });
    EXPECT_EQ(why.code, error_code::ledger_too_new);
    EXPECT_THAT(kinds(why.problems), ElementsAre("ledger_too_new 2"));
}

TEST(Ledger, IsBroughtUpToDateByANewerVarve) {
    const built_history newer_ledger(
        "varve", engine_kind::sqlite,
        {{.version = 1,
          .name = "ledger",
          .up = {"CREATE TABLE varve_ledger (id integer)", "CREATE TABLE varve_statement (ledger_id integer)"}},
         {.version = 2, .name = "more", .up = {"CREATE TABLE varve_more"}}});
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    fake_engine newer(db.data, newer_ledger.get());
    EXPECT_EQ(check(newer, shop.get()), database_state::pending);
    EXPECT_THAT(migrate(newer, shop.get()).done, IsEmpty());
    EXPECT_TRUE(db.data.has_table("varve_more"));
    EXPECT_EQ(check(newer, shop.get()), database_state::current);
    EXPECT_THAT(migrate(db.direct, shop.get()).done, IsEmpty()) << "the older one goes on working";
}

}  // namespace
}  // namespace varve::testing
