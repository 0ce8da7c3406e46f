#include <shop_schema.hpp>
#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>
#include <varve/testing.hpp>
#include <varve/testing_sqlite.hpp>

varve::testing::sqlite_databases shop_databases(shop_schema::history);
VARVE_TEST_HISTORY(shop_databases);

TEST(Shop, IsUpToDate) {
    const auto database = shop_databases.fresh();
    varve::sqlite_engine engine(database.handle());
    EXPECT_EQ(varve::check(engine, shop_schema::history), varve::database_state::current);
}

TEST(Shop, HasAFileIfItWantsOne) {
    const auto file = shop_databases.fresh_file();
    varve::sqlite_engine engine(file.path());
    EXPECT_EQ(varve::check(engine, shop_schema::history), varve::database_state::current);
}
