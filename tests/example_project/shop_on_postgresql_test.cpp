#include "shop_program.hpp"

#include <gtest/gtest.h>
#include <support/postgresql_server.hpp>

#include <pqxx/pqxx>

#include <fstream>
#include <iterator>

namespace varve::testing {
namespace {

class ShopOnPostgresql : public ::testing::Test {
protected:
    [[nodiscard]] shop_run shop(const std::string& arguments = "") const {
        return run_shop("'" + uri_ + "' " + arguments);
    }
    [[nodiscard]] std::string ask(const std::string& sql) const {
        pqxx::connection database(uri_);
        pqxx::nontransaction work(database);
        const pqxx::result answer = work.exec(sql);
        return answer.empty() ? "" : answer[0][0].c_str();
    }

    std::string uri_ = shared_postgresql_server().uri(shared_postgresql_server().create_database());
};

TEST_F(ShopOnPostgresql, TheFirstStartMigratesAndTheSecondHasNothingToDo) {
    EXPECT_EQ(shop().output, "migrations applied: 6; the shop is open\n");
    EXPECT_EQ(shop().output, "migrations applied: 0; the shop is open\n");
    EXPECT_EQ(shop("db check").code, 0);
}

TEST_F(ShopOnPostgresql, LookingWritesNothing) {
    EXPECT_EQ(shop("db check").code, 2);
    EXPECT_EQ(shop("db status").code, 0);
    EXPECT_EQ(shop("db migrate --dry-run").code, 0);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
}

TEST_F(ShopOnPostgresql, AnOrderTakesStock) {
    ASSERT_EQ(shop().code, 0);
    EXPECT_EQ(ask("INSERT INTO customers (id, email, name) VALUES (1, 'ann@example.org', 'Ann');"
                  "INSERT INTO orders (id, customer_id) VALUES (1, 1);"
                  "INSERT INTO order_lines VALUES (1, 'CUP-1', 2);"
                  "SELECT stock FROM products WHERE sku = 'CUP-1'"),
              "10");
    EXPECT_EQ(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_by_customer'::regclass"), "t");
}

TEST_F(ShopOnPostgresql, GoesBackToWhereItCannotBeUndone) {
    ASSERT_EQ(shop().code, 0);
    ASSERT_EQ(shop("db rollback --to 4 --yes").code, 0);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_proc WHERE proname = 'take_stock'"), "0");
    EXPECT_EQ(shop("db rollback --to base --yes").code, 3);
    EXPECT_EQ(shop().output, "migrations applied: 2; the shop is open\n");
}

// It does not ask how far the server is: a linker leaves out what nobody asks for.
TEST(ShopProgram, ContainsOnlyWhatItUses) {
    std::ifstream file(SHOP_PROGRAM, std::ios::binary);
    const std::string program{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(program.find("pg_stat_activity"), std::string::npos);
    EXPECT_EQ(program.find("pg_stat_progress"), std::string::npos);
}

}  // namespace
}  // namespace varve::testing
