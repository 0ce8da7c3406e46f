#include "sqlite_engine_test.hpp"

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

action with(foreign_keys_setting setting, action from) {
    from.script.foreign_keys = setting;
    return from;
}

constexpr auto off = foreign_keys_setting::off;
constexpr auto on = foreign_keys_setting::on;

/// Users, and orders that are deleted with their user.
class sqlite_foreign_keys : public sqlite_engine_test {
protected:
    void SetUp() override {
        create_ledger();
        other.execute(
            "CREATE TABLE users (id integer PRIMARY KEY, name text);"
            "CREATE TABLE orders (id integer PRIMARY KEY,"
            " user_id integer REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);"
            "INSERT INTO users VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (10, 1), (20, 2)");
    }

    [[nodiscard]] std::string orders() const { return sqlite_handle(file()).value("SELECT count(*) FROM orders"); }

    /// How SQLite's manual says a table is to be changed.
    static std::vector<std::string_view> rebuilding_users() {
        return {"CREATE TABLE new_users (id integer PRIMARY KEY, name text NOT NULL)",
                "INSERT INTO new_users SELECT id, name FROM users", "DROP TABLE users",
                "ALTER TABLE new_users RENAME TO users"};
    }

    sqlite_handle other{file()};
    sqlite_engine db{file()};
};

}  // namespace

TEST_F(sqlite_foreign_keys, KeepTheChildrenOfARebuiltTable) {
    const sqlite_handle callers(file());
    callers.execute("PRAGMA foreign_keys = on");
    sqlite_engine borrowing(callers.get());
    ASSERT_EQ(perform(borrowing, 1, {with(off, migrating(2, rebuilding_users()))}), outcome::done);
    EXPECT_EQ(orders(), "2");
    EXPECT_EQ(callers.value("PRAGMA foreign_keys"), "1");
}

TEST_F(sqlite_foreign_keys, AreEnforcedIfAScriptAskedForIt) {
    ASSERT_EQ(perform(db, 1, {with(on, migrating(2, {"DELETE FROM users WHERE id = 1"}))}), outcome::done);
    EXPECT_EQ(orders(), "1") << "deleted with their user";
}

TEST_F(sqlite_foreign_keys, AreAsTheConnectionHasThemOtherwise) {
    ASSERT_EQ(perform(db, 1, {migrating(2, {"DELETE FROM users WHERE id = 1"})}), outcome::done);
    EXPECT_EQ(orders(), "2");
}

TEST_F(sqlite_foreign_keys, ThatAScriptBrokeAreNamed) {
    const action good = with(off, migrating(2, {"CREATE TABLE a (id integer)"}));
    action bad = with(off, migrating(3, {"DELETE FROM users WHERE id = 2"}));
    bad.script.file = "migrations/0003_bad.sql";
    const auto refused = error_of([&] { (void)perform(db, 1, {good, bad}); });
    EXPECT_EQ(refused.code, error_code::statement_failed);
    EXPECT_EQ(refused.sqlstate, "SQLITE_CONSTRAINT_FOREIGNKEY");
    EXPECT_EQ(refused.file, "migrations/0003_bad.sql");
    EXPECT_EQ(refused.message,
              "FOREIGN KEY constraint failed at commit: row 20 of table orders refers to a row of users that does not "
              "exist (2)");
    EXPECT_FALSE(has_table("a"));
    EXPECT_EQ(other.value("SELECT count(*) FROM users"), "2");
}

TEST_F(sqlite_foreign_keys, ThatWereBrokenBeforeAreNoConcernOfTheScript) {
    other.execute("INSERT INTO orders VALUES (30, 3), (40, 3)");
    ASSERT_EQ(perform(db, 1, {with(off, migrating(2, rebuilding_users()))}), outcome::done);
    const auto refused =
        error_of([&] { (void)perform(db, 2, {with(off, migrating(3, {"INSERT INTO orders VALUES (50, 3)"}))}); });
    EXPECT_THAT(refused.message, HasSubstr("of table orders refers to a row of users that does not exist (3)"));
}

TEST_F(sqlite_foreign_keys, ThatWereBrokenBeforeMayMoveToOtherRows) {
    other.execute(
        "CREATE TABLE notes (text, user_id REFERENCES users (id));"
        "INSERT INTO notes (rowid, text, user_id) VALUES (100, 'lost', 7), (200, 'kept', 1)");
    const action rebuild =
        with(off, migrating(2, {"CREATE TABLE new_notes (text, user_id REFERENCES users (id), stars)",
                                "INSERT INTO new_notes (text, user_id) SELECT text, user_id FROM notes",
                                "DROP TABLE notes", "ALTER TABLE new_notes RENAME TO notes"}));
    ASSERT_EQ(perform(db, 1, {rebuild}), outcome::done);
    EXPECT_EQ(other.value("SELECT rowid FROM notes WHERE text = 'lost'"), "1") << "a new row id";
}

TEST_F(sqlite_foreign_keys, ThatAScriptRepairedMakeUpForNoneThatItBroke) {
    other.execute("INSERT INTO orders VALUES (30, 3)");
    const auto refused = error_of(
        [&] { (void)perform(db, 1, {with(off, migrating(2, {"UPDATE orders SET user_id = 4 WHERE id = 30"}))}); });
    EXPECT_THAT(refused.message, HasSubstr("row 30 of table orders refers to a row of users that does not exist (4)"));
}

TEST_F(sqlite_foreign_keys, OfTablesWithoutRowIdsAreChecked) {
    other.execute("CREATE TABLE tags (name text PRIMARY KEY, user_id REFERENCES users (id)) WITHOUT ROWID");
    const auto refused =
        error_of([&] { (void)perform(db, 1, {with(off, migrating(2, {"INSERT INTO tags VALUES ('x', 9)"}))}); });
    EXPECT_THAT(refused.message, HasSubstr("a row of table tags refers to a row of users"));
}

TEST_F(sqlite_foreign_keys, ThatCannotBeCheckedAreReportedOnlyIfNew) {
    other.execute("CREATE TABLE broken (a REFERENCES users (name)); INSERT INTO broken VALUES ('a')");
    ASSERT_EQ(perform(db, 1, {with(off, migrating(2, rebuilding_users()))}), outcome::done);
    const auto refused = error_of([&] {
        (void)perform(db, 2,
                      {with(off, migrating(3, {"CREATE TABLE broken_too (a REFERENCES users (name))",
                                               "INSERT INTO broken_too VALUES ('a')"}))});
    });
    EXPECT_THAT(refused.message, HasSubstr("the foreign keys of table broken_too cannot be checked"));
}

TEST_F(sqlite_foreign_keys, ThatAreDeferredFailAtCommit) {
    const auto refused =
        error_of([&] { (void)perform(db, 1, {with(on, migrating(2, {"INSERT INTO orders VALUES (50, 9)"}))}); });
    EXPECT_EQ(refused.code, error_code::statement_failed);
    EXPECT_THAT(refused.message, HasSubstr("at commit: row 50 of table orders"));
    EXPECT_EQ(refused.file, "migrations/0001_contract.sql");
    EXPECT_EQ(orders(), "2");
    EXPECT_EQ(db.read(engine::rows::all).revision, 1);
}

TEST_F(sqlite_foreign_keys, CannotBeBothOnAndOffInOneTransaction) {
    const auto refused = error_of([&] {
        (void)perform(db, 1, {with(on, migrating(2, {"SELECT 1"})), with(off, migrating(3, {"SELECT 1"}))});
    });
    EXPECT_EQ(refused.code, error_code::invalid_argument);
}

TEST_F(sqlite_foreign_keys, AreAppliedAroundAStatementByItself) {
    runnable script = with(on, running({"DELETE FROM users WHERE id = 1"})).script;
    db.execute_alone(script, 0);
    EXPECT_EQ(orders(), "1");
    script = running({"DELETE FROM users WHERE id = 2"}).script;
    db.execute_alone(script, 0);
    EXPECT_EQ(orders(), "1");
}

}  // namespace varve::testing
