#include <support/history_builder.hpp>
#include <support/postgresql_server.hpp>

#include <varve/error.hpp>
#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>
#include <varve/testing.hpp>
#include <varve/testing_postgresql.hpp>

#include <gmock/gmock.h>
#include <pqxx/pqxx>

#include <cstdlib>
#include <optional>
#include <string>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

const migration_text users{.version = 1,
                           .name = "users",
                           .up = {"CREATE TABLE users (name text)", "INSERT INTO users VALUES ('ann')"},
                           .down = {"DROP TABLE users"}};

const history& shop() {
    static const built_history made("shop", engine_kind::postgresql, {users});
    return made.get();
}

std::string ask(const std::string& uri, const std::string& sql) {
    pqxx::connection database(uri);
    pqxx::nontransaction work(database);
    const pqxx::result answer = work.exec(sql);
    return answer.empty() ? "" : answer[0][0].c_str();
}

postgresql_databases shop_databases(shop());
VARVE_TEST_HISTORY(shop_databases);

TEST(PostgresqlDatabases, AreMigrated) {
    const postgresql_database database = shop_databases.fresh();
    postgresql_engine engine(database.uri());
    EXPECT_EQ(check(engine, shop()), database_state::current);
    EXPECT_EQ(ask(database.uri(), "SELECT name FROM users"), "ann");
}

TEST(PostgresqlDatabases, KnowNothingOfEachOther) {
    const postgresql_database one = shop_databases.fresh();
    const postgresql_database other = shop_databases.fresh();
    ask(one.uri(), "DELETE FROM users");
    EXPECT_EQ(ask(other.uri(), "SELECT count(*) FROM users"), "1");
    EXPECT_EQ(ask(shop_databases.fresh().uri(), "SELECT count(*) FROM users"), "1");
}

TEST(PostgresqlDatabases, AreDroppedWhoeverIsConnected) {
    std::optional<postgresql_database> database(shop_databases.fresh());
    const std::string uri = database->uri();
    const std::string left = "SELECT count(*) FROM pg_database WHERE datname ~ '^varve_scratch'";
    const postgresql_database other = shop_databases.fresh();
    const int before = std::stoi(ask(other.uri(), left));
    const pqxx::connection still_there(uri);
    database.reset();
    EXPECT_EQ(std::stoi(ask(other.uri(), left)), before - 1);
    EXPECT_THROW(pqxx::connection{uri}, pqxx::failure);
}

TEST(PostgresqlDatabases, HaveTheLedgerWhereTheProgramHasIt) {
    postgresql_databases elsewhere(shop(), {.schema = "Our Ledger"});
    const postgresql_database database = elsewhere.fresh();
    EXPECT_EQ(ask(database.uri(), "SELECT count(*) FROM \"Our Ledger\".varve_ledger WHERE history = 'shop'"), "1");
}

TEST(PostgresqlDatabases, SayWhatIsWrongWithTheHistory) {
    const built_history wrong("shop", engine_kind::postgresql,
                              {{.version = 2, .name = "b", .up = {"ALTER TABLE b ADD COLUMN c int"}}});
    postgresql_databases databases(wrong.get());
    EXPECT_THROW((void)databases.fresh(), error);
    EXPECT_THROW((void)databases.fresh(), error) << "each time";
}

TEST(PostgresqlDatabases, FailATestOfAWrongDown) {
    migration_text forgetful = users;
    forgetful.down = {"SELECT 1"};
    forgetful.released = false;
    const built_history wrong("shop", engine_kind::postgresql, {forgetful});
    postgresql_databases databases(wrong.get());
    EXPECT_THAT(goes_up_down_and_up(databases).message(), HasSubstr("table public.users: is left behind"));
}

// The child's end must not be the server's.
TEST(PostgresqlDatabases, OutliveADeathTest) {
    const postgresql_database database = shop_databases.fresh();
    EXPECT_EXIT(std::exit(7), ::testing::ExitedWithCode(7), "");
    EXPECT_EQ(ask(database.uri(), "SELECT 1"), "1");
}

}  // namespace
}  // namespace varve::testing
