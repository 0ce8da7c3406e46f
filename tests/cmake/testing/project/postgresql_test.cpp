#include <shop_schema.hpp>
#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>
#include <varve/testing.hpp>
#include <varve/testing_postgresql.hpp>

#include <pqxx/pqxx>

varve::testing::postgresql_databases shop_databases(shop_schema::history);
VARVE_TEST_HISTORY(shop_databases);

TEST(Shop, IsUpToDate) {
    const auto database = shop_databases.fresh();
    varve::postgresql_engine engine(database.uri());
    EXPECT_EQ(varve::check(engine, shop_schema::history), varve::database_state::current);
}

TEST(Shop, CanBeFilled) {
    const auto database = shop_databases.fresh();
    pqxx::connection connection(database.uri());
    pqxx::work work(connection);
    work.exec("INSERT INTO users VALUES (1)");
}
