#include "shop_program.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

namespace varve::testing {
namespace {

class ShopOnSqlite : public ::testing::Test {
protected:
    void SetUp() override {
        file_ = std::filesystem::path(::testing::TempDir()) /
                (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".db");
        std::filesystem::remove(file_);
    }
    void TearDown() override { std::filesystem::remove(file_); }

    [[nodiscard]] shop_run shop(const std::string& arguments = "") const {
        return run_shop("'" + file_.string() + "' " + arguments);
    }
    // The first value of the last statement.
    [[nodiscard]] std::string ask(const char* sql) const {
        sqlite3* database = nullptr;
        std::string answer;
        const auto take = [](void* into, int, char** values, char**) {
            *static_cast<std::string*>(into) = values[0] == nullptr ? "" : values[0];
            return 0;
        };
        EXPECT_EQ(sqlite3_open(file_.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql, take, &answer, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        sqlite3_close(database);
        return answer;
    }

    std::filesystem::path file_;
};

TEST_F(ShopOnSqlite, TheFirstStartMigratesAndTheSecondHasNothingToDo) {
    EXPECT_EQ(shop().output, "migrations applied: 6; the shop is open\n");
    EXPECT_EQ(shop().output, "migrations applied: 0; the shop is open\n");
    EXPECT_EQ(shop("db check").code, 0);
}

TEST_F(ShopOnSqlite, LookingCreatesNoFile) {
    EXPECT_EQ(shop("db check").code, 2);
    EXPECT_EQ(shop("db status").code, 0);
    EXPECT_EQ(shop("db plan").code, 0);
    EXPECT_EQ(shop("db migrate --dry-run").code, 0);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(ShopOnSqlite, AnOrderTakesStock) {
    ASSERT_EQ(shop().code, 0);
    EXPECT_EQ(ask("INSERT INTO customers (id, email, name) VALUES (1, 'ann@example.org', 'Ann');"
                  "INSERT INTO orders (id, customer_id) VALUES (1, 1);"
                  "INSERT INTO order_lines VALUES (1, 'CUP-1', 2);"
                  "SELECT stock FROM products WHERE sku = 'CUP-1'"),
              "10");
}

TEST_F(ShopOnSqlite, GoesBackToWhereItCannotBeUndone) {
    ASSERT_EQ(shop().code, 0);
    ASSERT_EQ(shop("db rollback --to 4 --yes").code, 0);
    EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"), "0");
    const shop_run further = shop("db rollback --to base --yes");
    EXPECT_EQ(further.code, 3);
    EXPECT_NE(further.output.find("[irreversible]"), std::string::npos) << further.output;
    EXPECT_EQ(shop().output, "migrations applied: 2; the shop is open\n");
}

TEST_F(ShopOnSqlite, AsksBeforeItGoesBack) {
    ASSERT_EQ(shop().code, 0);
    EXPECT_EQ(shop("db rollback").code, 64);
    EXPECT_EQ(shop("db check").code, 0);
}

TEST_F(ShopOnSqlite, SaysHowItIsCalled) {
    EXPECT_EQ(run_shop("").code, 64);
    EXPECT_EQ(shop("db help").code, 0);
    EXPECT_EQ(shop("db").code, 64);
}

}  // namespace
}  // namespace varve::testing
