#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class PostgresqlRoundTrips : public postgresql_test {};

TEST_F(PostgresqlRoundTrips, NothingPendingIsOneQuery) {
    const auto history = shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}});
    migrate(*connect(), history);
    log_statements();
    migrate(*connect(), history);
    EXPECT_THAT(logged_statements(), SizeIs(1));
}

TEST_F(PostgresqlRoundTrips, NothingPendingIsTwoQueriesOnABorrowedConnection) {
    const auto history = shop({{"CREATE TABLE a (id int)"}});
    migrate(*connect(), history);
    log_statements();
    pqxx::connection callers(uri);
    postgresql_engine engine(callers);
    migrate(engine, history);
    EXPECT_THAT(logged_statements(), SizeIs(2));
}

TEST_F(PostgresqlRoundTrips, AMigrationIsOneString) {
    migrate(*connect(), shop({{"CREATE TABLE a (id int)"}}));
    log_statements();
    const auto engine = connect();
    ASSERT_TRUE(engine->try_lock());
    const std::size_t before = logged_statements().size();
    action step = running({"CREATE TABLE b (id int)", "CREATE TABLE c (id int)"});
    const std::int64_t revision = connect()->read(engine::rows::all).revision;
    const std::size_t reading = logged_statements().size() - before;
    step.change.inserts.push_back(applied_row(revision + 1, 2, 7));
    ASSERT_EQ(perform(*engine, revision, {step}), outcome::done);
    EXPECT_EQ(logged_statements().size(), before + reading + 1);
    EXPECT_THAT(logged_statements().back(), HasSubstr("EXECUTE $varve$CREATE TABLE b (id int)$varve$;"));
}

TEST_F(PostgresqlRoundTrips, ATableOfTheApplicationIsNeverLocked) {
    const auto history = shop({{"CREATE TABLE a (id int)"}});
    migrate(*connect(), history);
    pqxx::connection holding(uri);
    pqxx::work exclusive(holding);
    exclusive.exec("LOCK TABLE a IN ACCESS EXCLUSIVE MODE");
    migrate(*connect(), history);
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

}  // namespace
}  // namespace varve::testing
