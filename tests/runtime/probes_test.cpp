#include "shop.hpp"

/// Statements that were begun and of which nobody noted the end: what the database is asked about them.
namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

statement_probe index_at(std::uint32_t statement) {
    return {.statement = statement, .kind = probe_kind::index_built, .schema = {}, .object = "t", .name = "i"};
}

/// Three statements alone, the second of which is probed.
migration_text probed(statement_probe second) {
    migration_text result = alone(1);
    second.statement = 1;
    result.up_probes = {second};
    result.down_probes = {second};
    return result;
}

void lose_second_statement(shop_database& db, const history& shop, fault::moment when) {
    // Before an index is built, it is looked whether an INVALID one is in the way.
    const bool looks = shop.probes.front().kind == probe_kind::index_built;
    failing_engine dying(db.direct, {.call = looks ? 9U : 8U, .when = when});
    (void)refused([&] { (void)migrate(dying, shop); });
    ASSERT_EQ(dying.calls().at(looks ? 8 : 7), "execute_alone");
}

/// The words of what is told.
struct retries final : observer {
    void on_event(const event& told) override {
        if (told.kind == event_kind::retried) messages.emplace_back(told.message);
    }
    std::vector<std::string> messages;
};

TEST(Probes, AStatementThatTookEffectIsNotRunAgain) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::after);
    db.data.effects["t.i"] = {.is = statement_effect::complete};
    EXPECT_EQ(check(db.direct, shop.get()), database_state::pending);
    const report result = migrate(db.direct, shop.get());
    EXPECT_EQ(result.done.at(0).resume_after, 2);
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1a", "CREATE TABLE t1b", "CREATE TABLE t1c"));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
    for (const auto& each : db.direct.read_statements(2, direction::up)) EXPECT_EQ(each.state, statement_state::done);
}

TEST(Probes, AStatementThatTookNoEffectIsRun) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::before);
    db.data.effects["t.i"] = {.is = statement_effect::none};
    EXPECT_EQ(migrate(db.direct, shop.get()).done.at(0).resume_after, 1);
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1a", "CREATE TABLE t1b", "CREATE TABLE t1c"));
}

TEST(Probes, WhatAStatementLeftBehindIsRemovedBeforeItIsRunAgain) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::after);
    db.data.effects["t.i"] = {.is = statement_effect::partial, .remedies = {"DROP TABLE t1b"}};
    retries seen;
    options how;
    how.watch = &seen;
    (void)migrate(db.direct, shop.get(), how);
    EXPECT_THAT(db.data.statements_run(), ElementsAre("CREATE TABLE t1a", "CREATE TABLE t1b", "DROP TABLE t1b",
                                                      "CREATE TABLE t1b", "CREATE TABLE t1c"));
    EXPECT_THAT(seen.messages, ElementsAre("an earlier attempt left an INVALID index: DROP TABLE t1b"));
}

TEST(Probes, WhatIsInTheWayIsRemovedEvenTheFirstTime) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    db.data.execute_by_hand("CREATE TABLE t1b");
    db.data.effects["t.i"] = {.is = statement_effect::partial, .remedies = {"DROP TABLE t1b"}};
    (void)migrate(db.direct, shop.get());
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Probes, WhatMayBeRepeatedIsRunAgainWithoutAQuestion) {
    const built_history shop("shop", engine_kind::sqlite, {probed({.kind = probe_kind::repeatable})});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::before);
    failing_engine counted(db.direct);
    (void)migrate(counted, shop.get());
    EXPECT_THAT(counted.calls(), ::testing::Not(::testing::Contains("look_for")));
    EXPECT_EQ(check(db.direct, shop.get()), database_state::current);
}

TEST(Probes, SettingsAreMadeAgainBeforeTheScriptGoesOn) {
    migration_text script = alone(1);
    script.up = {"SET a", "CREATE TABLE t1a", "FAIL"};
    script.up_probes = {{.statement = 0, .kind = probe_kind::setting}};
    const built_history broken("shop", engine_kind::sqlite, {script});
    script.up[2] = "CREATE TABLE t1b";
    const built_history repaired("shop", engine_kind::sqlite, {script});
    shop_database db;
    (void)refused([&] { (void)migrate(db.direct, broken.get()); });
    (void)migrate(db.direct, repaired.get());
    EXPECT_THAT(db.data.statements_run(), ElementsAre("SET a", "CREATE TABLE t1a", "SET a", "CREATE TABLE t1b"));
}

TEST(Probes, WhereTheDatabaseDoesNotKnowAPersonIsAsked) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::after);
    EXPECT_THAT(kinds(refused([&] { (void)migrate(db.direct, shop.get()); }).problems), ElementsAre("half_done 1"));
}

TEST(Probes, AProbeOfAnotherStatementIsNotTrusted) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    migration_text edited = probed(index_at(1));
    edited.up[1] = "CREATE TABLE other";
    const built_history other("shop", engine_kind::sqlite, {edited});
    shop_database db;
    lose_second_statement(db, shop.get(), fault::moment::after);
    db.data.effects["t.i"] = {.is = statement_effect::complete};
    EXPECT_THAT(kinds(refused([&] { (void)migrate(db.direct, other.get()); }).problems), ElementsAre("half_done 1"));
}

TEST(Probes, DownsAreProbedToo) {
    const built_history shop("shop", engine_kind::sqlite, {probed(index_at(1))});
    shop_database db;
    (void)migrate(db.direct, shop.get());
    failing_engine dying(db.direct, {.call = 7, .when = fault::moment::after});
    (void)refused([&] { (void)rollback(dying, shop.get(), rollback_to::base()); });
    ASSERT_EQ(dying.calls().at(6), "execute_alone");
    db.data.effects["t.i"] = {.is = statement_effect::complete};
    const report result = rollback(db.direct, shop.get(), rollback_to::base());
    EXPECT_EQ(result.done.at(0).resume_after, 2);
    EXPECT_THAT(db.data.active(), IsEmpty());
    EXPECT_FALSE(db.data.has_table("t1a"));
}

}  // namespace
}  // namespace varve::testing
