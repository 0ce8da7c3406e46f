#include "embedded_history.hpp"
#include "project.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

/// A project, and the program made of it as it is now, with a database.
class Databases : public ::testing::Test {
protected:
    Databases() {
        shop.write("0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
        shop.write("0001_users.down.sql", "DROP TABLE users;\n");
        shop.lock();
    }

    /// Starts the program that the project makes now.
    void start() const {
        sqlite_engine database(file());
        migrate(database, embedded_history(shop.request()).get());
    }

    [[nodiscard]] database_state state(const generator::load_request& request) const {
        sqlite_engine database(file());
        return check(database, embedded_history(request).get());
    }
    [[nodiscard]] database_state state() const { return state(shop.request()); }

    /// The problems that a start reports.
    [[nodiscard]] std::vector<problem> problems() const {
        try {
            start();
        } catch (const error& refused) {
            EXPECT_EQ(refused.code(), error_code::diverged) << refused.what();
            return refused.problems();
        }
        return {};
    }

    /// What a query says: its rows' first columns, parted by spaces.
    [[nodiscard]] std::string query(const std::string& sql) const {
        sqlite3* database = nullptr;
        EXPECT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
        std::string result;
        const auto take = [](void* to, int, char** values, char**) {
            auto& text = *static_cast<std::string*>(to);
            text += (text.empty() ? "" : " ") + std::string(values[0] == nullptr ? "NULL" : values[0]);
            return 0;
        };
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), take, &result, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        sqlite3_close(database);
        return result;
    }

    [[nodiscard]] std::string columns(const std::string& table) const {
        return query("SELECT name FROM pragma_table_info('" + table + "')");
    }

    [[nodiscard]] std::string applied() const {
        return query(
            "SELECT version FROM varve_ledger WHERE history = 'shop' AND slot IS NOT NULL AND kind = 'migration' "
            "ORDER BY id");
    }

    [[nodiscard]] std::string file() const { return shop.path("shop.db").string(); }

    project shop;
};

TEST_F(Databases, ADraftEditedAfterItWasAppliedIsSettledByRedo) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    shop.write("0002_posts.down.sql", "DROP TABLE posts;\n");
    start();
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER, title TEXT);\n");
    shop.write("0002_posts.down.sql", "DROP TABLE posts; SELECT 'edited too';\n");

    const std::vector<problem> found = problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, problem_kind::edited_draft);
    EXPECT_EQ(found[0].version, 2);
    EXPECT_THAT(found[0].hint, HasSubstr("redo"));
    EXPECT_EQ(columns("posts"), "id");

    sqlite_engine database(file());
    redo(database, embedded_history(shop.request()).get(), 2);
    EXPECT_EQ(columns("posts"), "id title");
    EXPECT_EQ(state(), database_state::current);
}

TEST_F(Databases, AReleasedMigrationIsNeverOfferedForRedo) {
    start();
    shop.write_file("migrations/sqlite.lock", "");
    std::filesystem::remove(shop.path("migrations/sqlite.lock"));
    shop.write("0001_users.sql", "CREATE TABLE users (id INTEGER, email TEXT);\n");
    shop.lock();
    const std::vector<problem> found = problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, problem_kind::edited);
}

TEST_F(Databases, ADraftRenumberedAfterItWasAppliedIsNotRunTwice) {
    shop.write("0002_tags.sql", "CREATE TABLE tags (id INTEGER);\n");
    start();
    shop.commit("tags");
    shop.git("mv migrations/0002_tags.sql migrations/0003_tags.sql");
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");

    const std::vector<problem> found = problems();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].kind, problem_kind::renumbered);
    EXPECT_THAT(found[0].hint, HasSubstr("renumber 2 3"));

    sqlite_engine database(file());
    renumber(database, embedded_history(shop.request()).get(), 2, 3);
    start();
    EXPECT_EQ(state(), database_state::current);
    EXPECT_EQ(columns("posts"), "id");
    EXPECT_EQ(columns("tags"), "id");
}

TEST_F(Databases, OldAndEmptyOnesGetALateMigrationInTheSameOrder) {
    shop.write("0003_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    shop.lock();
    start();
    shop.write("0002_tags.sql", "CREATE TABLE tags (id INTEGER);\n");
    shop.lock();
    start();
    EXPECT_EQ(applied(), "1 3 2");
    EXPECT_EQ(state(), database_state::current);
    std::filesystem::remove(file());
    start();
    EXPECT_EQ(applied(), "1 3 2");
}

TEST_F(Databases, DraftsBecomeReleasedWithoutBeingRunAgain) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    start();
    shop.lock();
    EXPECT_EQ(state(), database_state::current);
    start();
    EXPECT_EQ(applied(), "1 2");
}

TEST_F(Databases, ACorrectedDownIsUsedInsteadOfTheOneThatWasKept) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    shop.write("0002_posts.down.sql", "DROP TABLE post;\n");
    shop.lock();
    start();
    shop.write("0002_posts.down.sql", "DROP TABLE posts;\n");
    EXPECT_EQ(shop.lock_down("2").exit_code, 0);
    EXPECT_EQ(state(), database_state::current);
    sqlite_engine database(file());
    rollback(database, embedded_history(shop.request()).get(), rollback_to::last(1));
    EXPECT_EQ(columns("posts"), "");
    EXPECT_EQ(applied(), "1");
}

digest rule_of_tomorrow(std::string_view text, std::span<const generator::token> tokens, engine_kind dialect) {
    return generator::sha256(
        "tomorrow" + generator::to_string({.rule = 1, .value = generator::token_checksum(text, tokens, dialect)}));
}

TEST_F(Databases, AVarveWithASecondRuleFindsNothingPendingUnderTheFirst) {
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    start();
    std::vector<generator::checksum_rule> rules(generator::checksum_rules().begin(), generator::checksum_rules().end());
    rules.push_back({.number = 2, .of = rule_of_tomorrow});
    generator::load_request tomorrow = shop.request();
    tomorrow.rules = rules;

    // The first is in the lock file, the second a draft: both were recorded by rule 1.
    EXPECT_EQ(state(tomorrow), database_state::current);
    sqlite_engine database(file());
    EXPECT_TRUE(migrate(database, embedded_history(tomorrow).get()).done.empty());

    // What rule 2 records is understood by it, and an edit is still an edit.
    shop.write("0003_tags.sql", "CREATE TABLE tags (id INTEGER);\n");
    EXPECT_EQ(migrate(database, embedded_history(tomorrow).get()).done.size(), 1U);
    EXPECT_EQ(query("SELECT substr(checksum, 1, 2) FROM varve_ledger WHERE history = 'shop' ORDER BY id"), "1: 1: 2:");
    EXPECT_EQ(state(tomorrow), database_state::current);
    shop.write("0002_posts.sql", "CREATE TABLE posts (id INTEGER, title TEXT);\n");
    EXPECT_EQ(state(tomorrow), database_state::diverged);
}

}  // namespace
}  // namespace varve::testing
