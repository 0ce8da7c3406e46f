#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

class PostgresqlLedger : public postgresql_test, public ::testing::WithParamInterface<std::string> {};

TEST_P(PostgresqlLedger, LivesInAnySchema) {
    const auto history = shop({{"CREATE TABLE public.a (id int)"}});
    migrate(*connect({.schema = GetParam()}), history);
    EXPECT_EQ(check(*connect({.schema = GetParam()}), history), database_state::current);
    pqxx::connection asking(uri);
    const std::string schema = asking.quote(GetParam());
    EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE tablename ~ '^varve_' AND schemaname = " + schema), "2");
    EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE tablename ~ '^varve_' AND schemaname = 'public'"),
              GetParam() == "public" ? "2" : "0");
}

INSTANTIATE_TEST_SUITE_P(Names, PostgresqlLedger,
                         ::testing::Values("public", "Ledger Of The Shop", "it's \"quoted\"", "varve$varve$x", "größe💾",
                                           std::string(63, 'x'), "back\\slash"));

class PostgresqlLedgers : public postgresql_test {};

TEST_F(PostgresqlLedgers, InTwoSchemasKnowNothingOfEachOther) {
    const auto one = connect({.schema = "one"});
    const auto other = connect({.schema = "other"});
    migrate(*one, shop({{"CREATE TABLE a (id int)"}}));
    EXPECT_EQ(check(*other, shop({{"CREATE TABLE a (id int)"}})), database_state::pending);
    ASSERT_TRUE(one->try_lock());
    EXPECT_TRUE(other->try_lock());
}

TEST_F(PostgresqlLedgers, AreNotFoundByTheSearchPath) {
    migrate(*connect({.schema = "elsewhere"}), shop({{"CREATE TABLE a (id int)"}}));
    ask("ALTER DATABASE " + database + " SET search_path = elsewhere, public");
    EXPECT_FALSE(connect()->read(engine::rows::all).exists);
}

TEST_F(PostgresqlLedgers, ReadTimesInUtcWhateverTheTimeZone) {
    migrate(*connect(), shop({{"CREATE TABLE a (id int)"}}));
    ask("UPDATE varve_ledger SET applied_at = '2026-01-07 09:30:00.123+00', reverted_at = '2026-01-07 09:30:00+00'");
    ask("ALTER DATABASE " + database + " SET timezone = 'Asia/Kolkata'");
    const auto entry = connect()->read(engine::rows::all).entries.back();
    EXPECT_EQ(entry.applied_at, "2026-01-07T09:30:00.123Z");
    EXPECT_EQ(entry.reverted_at, "2026-01-07T09:30:00.000Z");
}

TEST_F(PostgresqlLedgers, OfANewerVarveAreNotMisread) {
    migrate(*connect(), shop({{"CREATE TABLE a (id int)"}}));
    ask("UPDATE varve_ledger SET kind = 'novelty' WHERE history = 'shop'");
    const auto failure = failure_of([&] { (void)connect()->read(engine::rows::all); });
    EXPECT_EQ(failure.code, error_code::ledger_too_new);
}

}  // namespace
}  // namespace varve::testing
