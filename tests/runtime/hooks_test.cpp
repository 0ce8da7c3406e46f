#include "shop.hpp"

#include <varve/transaction.hpp>

#include <stdexcept>

/// What a program does beside its migrations.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Notes each call, and runs a statement in the migration's transaction.
hooks noting(std::vector<std::string>& calls) {
    const auto note = [&calls](std::string_view when) {
        return [&calls, when](const step& what, transaction& in) {
            calls.push_back(std::string(when) + " " + std::to_string(what.version));
            in.execute("NOTE " + calls.back());
        };
    };
    const auto note_run = [&calls](std::string_view when) {
        return [&calls, when](const std::vector<step>& all) {
            calls.push_back(std::string(when) + " run of " + std::to_string(all.size()));
        };
    };
    return {.before_migration = note("before"),
            .after_migration = note("after"),
            .before_run = note_run("before"),
            .after_run = note_run("after")};
}

TEST(Hooks, AreCalledAroundEachMigrationAndTheRun) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    std::vector<std::string> calls;
    (void)migrate(db.direct, shop.get(), {.hooks = noting(calls)});
    EXPECT_THAT(calls, ElementsAre("before run of 2", "before 1", "after 1", "before 2", "after 2", "after run of 2"));
    EXPECT_THAT(db.data.statements_run(), ElementsAre("NOTE before 1", "CREATE TABLE t1", "NOTE after 1",
                                                      "NOTE before 2", "CREATE TABLE t2", "NOTE after 2"));
}

TEST(Hooks, AreNotCalledWhenNothingIsPending) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    std::vector<std::string> calls;
    (void)migrate(db.direct, shop.get(), {.hooks = noting(calls)});
    EXPECT_THAT(calls, IsEmpty());
}

TEST(Hooks, AreNotCalledByADryRun) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    std::vector<std::string> calls;
    (void)migrate(db.direct, shop.get(), {.mode = run_mode::dry, .hooks = noting(calls)});
    EXPECT_THAT(calls, IsEmpty());
}

TEST(Hooks, AreCalledForWhatIsReverted) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    std::vector<std::string> calls;
    (void)rollback(db.direct, shop.get(), rollback_to::base(), {.hooks = noting(calls)});
    EXPECT_THAT(calls, ElementsAre("before run of 1", "before 1", "after 1", "after run of 1"));
}

TEST(Hooks, OfMigrationsAreNotCalledWhereNothingIsRun) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    std::vector<std::string> calls;
    (void)skip(db.direct, shop.get(), 1, {.reason = "by hand", .hooks = noting(calls)});
    EXPECT_THAT(calls, ElementsAre("before run of 1", "after run of 1"));
}

TEST(Hooks, AroundAScriptWithoutATransactionAreInThoseThatRecordIt) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    std::vector<std::string> calls;
    (void)migrate(db.direct, shop.get(), {.hooks = noting(calls)});
    EXPECT_THAT(calls, ElementsAre("before run of 1", "before 1", "after 1", "after run of 1"));
    EXPECT_EQ(db.data.statements_run().front(), "NOTE before 1");
    EXPECT_EQ(db.data.statements_run().back(), "NOTE after 1");
}

TEST(Hooks, ThatThrowRollTheMigrationBack) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const hooks failing{.after_migration = [](const step&, transaction&) { throw std::runtime_error("no quota"); }};
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), {.hooks = failing}); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.message, "a hook of the program threw an exception: no quota");
    EXPECT_EQ(why.file, "migrations/0001_t1.sql");
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_FALSE(db.data.has_table("t1"));
}

TEST(Hooks, BeforeARunMayForbidIt) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const hooks forbidding{.before_run = [](const std::vector<step>&) { throw std::runtime_error("not on Fridays"); }};
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), {.hooks = forbidding}); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_EQ(db.data.lock_owner, nullptr);
}

TEST(Hooks, AfterARunUndoNothing) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    const hooks late{.after_run = [](const std::vector<step>&) { throw std::runtime_error("too late"); }};
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), {.hooks = late}); });
    EXPECT_EQ(why.done, "applied shop 1");
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied"));
}

}  // namespace
}  // namespace varve::testing
