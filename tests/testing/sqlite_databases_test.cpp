#include <support/history_builder.hpp>

#include <varve/error.hpp>
#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>
#include <varve/testing.hpp>
#include <varve/testing_sqlite.hpp>

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <utility>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

const migration_text users{.version = 1,
                           .name = "users",
                           .up = {"CREATE TABLE users (name TEXT)", "INSERT INTO users VALUES (upper('ann'))"},
                           .down = {"DROP TABLE users"}};

const history& shop() {
    static const built_history made("shop", engine_kind::sqlite, {users});
    return made.get();
}

std::string ask(sqlite3* database, const char* sql) {
    std::string answer;
    const auto take = [](void* into, int, char** values, char**) {
        *static_cast<std::string*>(into) = values[0] == nullptr ? "" : values[0];
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql, take, &answer, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    return answer;
}

sqlite_databases shop_databases(shop());
VARVE_TEST_HISTORY(shop_databases);

TEST(SqliteDatabases, AreMigrated) {
    const sqlite_database database = shop_databases.fresh();
    sqlite_engine engine(database.handle());
    EXPECT_EQ(check(engine, shop()), database_state::current);
    EXPECT_EQ(ask(database.handle(), "SELECT name FROM users"), "ANN");
}

TEST(SqliteDatabases, KnowNothingOfEachOther) {
    const sqlite_database one = shop_databases.fresh();
    const sqlite_database other = shop_databases.fresh();
    ask(one.handle(), "DELETE FROM users");
    EXPECT_EQ(ask(other.handle(), "SELECT count(*) FROM users"), "1");
    EXPECT_EQ(ask(shop_databases.fresh().handle(), "SELECT count(*) FROM users"), "1");
}

TEST(SqliteDatabases, AreMigratedOnce) {
    int connections = 0;
    sqlite_databases counted(shop(), [&](sqlite3*) { ++connections; });
    EXPECT_EQ(connections, 0) << "not before they are needed";
    (void)counted.fresh();
    (void)counted.fresh();
    EXPECT_EQ(connections, 3);
}

TEST(SqliteDatabases, AreFilesWhereAProgramWantsOne) {
    std::string path;
    {
        sqlite_file file = shop_databases.fresh_file();
        path = file.path();
        sqlite_engine engine(path);
        EXPECT_EQ(check(engine, shop()), database_state::current);
        EXPECT_NE(shop_databases.fresh_file().path(), path);
        const sqlite_file moved = std::move(file);
        EXPECT_EQ(moved.path(), path);
    }
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(path).parent_path()));
}

void register_slugify(sqlite3* database) {
    const auto slugify = [](sqlite3_context* to, int, sqlite3_value**) {
        sqlite3_result_text(to, "slug", -1, nullptr);
    };
    sqlite3_create_function(database, "slugify", 1, SQLITE_UTF8, nullptr, slugify, nullptr, nullptr);
}

TEST(SqliteDatabases, HaveTheFunctionsOfTheApplication) {
    const built_history pages(
        "pages", engine_kind::sqlite,
        {{.version = 1, .name = "pages", .up = {"CREATE TABLE pages AS SELECT slugify('A b') AS slug"}}});
    sqlite_databases databases(pages.get(), register_slugify);
    const sqlite_database database = databases.fresh();
    EXPECT_EQ(ask(database.handle(), "SELECT slug || slugify('x') FROM pages"), "slugslug");
    EXPECT_TRUE(goes_up_down_and_up(databases));
}

TEST(SqliteDatabases, SayWhatIsWrongWithTheHistory) {
    const built_history wrong("shop", engine_kind::sqlite,
                              {{.version = 1, .name = "a", .up = {"CREATE TABLE a (id)"}},
                               {.version = 2, .name = "b", .up = {"ALTER TABLE b ADD COLUMN c"}}});
    sqlite_databases databases(wrong.get());
    EXPECT_THROW((void)databases.fresh(), error);
    EXPECT_THROW((void)databases.fresh(), error) << "each time";
}

TEST(GoesUpDownAndUp, FailsWithWhatADownForgets) {
    migration_text forgetful = users;
    forgetful.down = {"SELECT 1"};
    forgetful.released = false;
    const built_history wrong("shop", engine_kind::sqlite, {forgetful});
    sqlite_databases databases(wrong.get());
    const auto result = goes_up_down_and_up(databases);
    EXPECT_FALSE(result);
    EXPECT_THAT(result.message(), HasSubstr("0001_users.down.sql:1:1: error: the down script does not undo"));
    EXPECT_THAT(result.message(), HasSubstr("table users: is left behind"));
}

TEST(GoesUpDownAndUp, WarnsOfAReleasedDownOnly) {
    migration_text forgetful = users;
    forgetful.down = {"SELECT 1"};
    const built_history wrong("shop", engine_kind::sqlite, {forgetful});
    sqlite_databases databases(wrong.get());
    EXPECT_TRUE(goes_up_down_and_up(databases));
}

TEST(GoesUpDownAndUp, ProvesEachHistoryAfterTheOneBeforeIt) {
    const built_history auth("auth", engine_kind::sqlite,
                             {{.version = 1, .name = "keys", .up = {"CREATE TABLE keys AS SELECT name FROM users"}}});
    sqlite_databases databases({shop(), auth.get()});
    EXPECT_TRUE(goes_up_down_and_up(databases));
    const auto proven = databases.prove();
    ASSERT_EQ(proven.size(), 2U);
    EXPECT_EQ(proven[1].report.migrations, 1U);
}

}  // namespace
}  // namespace varve::testing
