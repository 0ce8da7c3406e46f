#include "shop.hpp"

#include <varve/observer.hpp>
#include <varve/transaction.hpp>

#include <stdexcept>

/// Migrations written in C++.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

migration_text coded(std::int64_t version, const coded_migration& code) {
    return {.version = version, .name = "c" + std::to_string(version), .code = code};
}

void create_c(transaction& in) { in.execute("CREATE TABLE c"); }
void drop_c(transaction& in) { in.execute("DROP TABLE c"); }
void throw_text(transaction& in) {
    in.execute("CREATE TABLE c");
    throw std::runtime_error("no slug for 'x'");
}
void throw_number(transaction&) { throw 7; }
void bind(transaction& in) { in.execute("UPDATE t SET a = $1, b = $2, c = $3", 5, "it's", std::optional<int>()); }
void read_null(transaction& in) { (void)in.query("SELECT n").front().get<std::int64_t>("missing"); }
void tell(transaction& in) { in.progress(3, 9); }
void make_unless_there(transaction& in) {
    if (!in.table_exists("t1")) in.execute("CREATE TABLE t1");
}

TEST(Coded, RunsInTheTransactionThatRecordsIt) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), coded(2, {.up = create_c}), table(3)});
    shop_database db;
    EXPECT_THAT(steps(migrate(db.counted, shop.get()).done), ElementsAre("apply 1", "apply 2", "apply 3"));
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1", "CREATE TABLE c", "CREATE TABLE t3"));
    EXPECT_THAT(db.counted.calls(), ElementsAre("is_current", "try_lock", "read", "perform", "perform"))
        << "in one transaction with the SQL around it";
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Coded, IsNamedByThePlan) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = create_c})});
    shop_database db;
    const plan made = plan_for(db.direct, shop.get());
    ASSERT_EQ(made.steps.size(), 1U);
    EXPECT_EQ(made.steps[0].note, "runs C++");
    EXPECT_EQ(script_of(made.steps[0]).file, "migrations/0001_c1.cpp");
}

TEST(Coded, IsRevertedByItsDown) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = create_c, .down = drop_c})});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    (void)rollback(db.direct, shop.get(), rollback_to::base());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE c", "DROP TABLE c"));
    EXPECT_THAT(db.data.active(), IsEmpty());
}

TEST(Coded, WithoutADownCannotBeReverted) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = create_c})});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    const auto why = refused([&] { (void)rollback(db.direct, shop.get(), rollback_to::base()); });
    EXPECT_THAT(kinds(why.problems), ElementsAre("irreversible 1"));
}

TEST(Coded, IsNotRevertedByAProgramThatDoesNotContainIt) {
    const built_history newer("shop", engine_kind::sqlite, {table(1), coded(2, {.up = create_c, .down = drop_c})});
    const built_history older("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    (void)migrate(db.direct, newer.get());
    const auto why = refused([&] { (void)rollback(db.direct, older.get(), rollback_to::last(1)); });
    ASSERT_THAT(kinds(why.problems), ElementsAre("irreversible 2"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("is written in C++, and this program does not contain it"));
    EXPECT_THAT(db.data.active(), ElementsAre("shop 1 applied", "shop 2 applied"));
}

TEST(Coded, ThatWasEditedIsNotRevertedByOtherCode) {
    const built_history before("shop", engine_kind::sqlite, {coded(1, {.up = create_c, .down = drop_c})});
    migration_text edited = coded(1, {.up = create_c, .down = drop_c});
    edited.edit = "another";
    edited.released = false;
    const built_history after("shop", engine_kind::sqlite, {edited});
    shop_database db;
    (void)migrate(db.direct, before.get());
    const auto why = refused([&] { (void)redo(db.direct, after.get(), 1); });
    ASSERT_THAT(kinds(why.problems), ElementsAre("irreversible 1"));
    EXPECT_THAT(why.problems[0].message, HasSubstr("does not contain its code as it was applied"));
}

TEST(Coded, ThatThrowsKeepsNothingAndTheErrorNamesItsFile) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), coded(2, {.up = throw_text})});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.message, "the migration threw an exception: no slug for 'x'");
    EXPECT_EQ(why.file, "migrations/0002_c2.cpp");
    EXPECT_EQ(why.version, 2);
    EXPECT_EQ(why.undone, "shop 1 to 2");
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_THAT(db.data.statements_run(), IsEmpty());
}

TEST(Coded, MayThrowAnything) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = throw_number})});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.file, "migrations/0001_c1.cpp");
}

TEST(Coded, ThatReadsAColumnThatIsNotThereSaysWhich) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = read_null})});
    shop_database db;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get()); });
    EXPECT_EQ(why.message, "the migration threw an exception: there is no column `missing`");
}

TEST(Coded, BindsItsValues) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = bind})});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("UPDATE t SET a = $1, b = $2, c = $3 <- 5 <- it's <- NULL"));
}

TEST(Coded, AsksWhatIsThere) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), coded(2, {.up = make_unless_there})});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1"));
}

TEST(Coded, IsSkippedLikeAnyOther) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = create_c})});
    shop_database db;
    (void)skip(db.direct, shop.get(), 1, {.reason = "done by hand"});
    EXPECT_THAT(db.data.statements_run(), IsEmpty());
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

struct progress_observer final : observer {
    void on_event(const event& what) override {
        if (what.kind != event_kind::progressed) return;
        told.push_back(std::string(what.file) + " " + std::to_string(what.done) + " of " + std::to_string(what.total) +
                       " " + std::string(what.unit));
        if (throws) throw std::logic_error("the observer's own");
    }
    std::vector<std::string> told;
    bool throws = false;
};

TEST(Coded, TellsAnObserverHowFarItIs) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = tell})});
    shop_database db;
    progress_observer seen;
    (void)migrate(db.direct, shop.get(), {.watch = &seen});
    EXPECT_THAT(seen.told, ElementsAre("migrations/0001_c1.cpp 3 of 9 rows"));
}

TEST(Coded, LetsTheExceptionOfAnObserverPass) {
    const built_history shop("shop", engine_kind::sqlite, {coded(1, {.up = tell})});
    shop_database db;
    progress_observer seen;
    seen.throws = true;
    EXPECT_THROW((void)migrate(db.direct, shop.get(), {.watch = &seen}), std::logic_error);
    EXPECT_THAT(db.data.active(), IsEmpty());
}

}  // namespace
}  // namespace varve::testing
