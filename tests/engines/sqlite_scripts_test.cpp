#include "sqlite_engine_test.hpp"

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class sqlite_scripts : public sqlite_engine_test {
protected:
    void SetUp() override { create_ledger(); }

    /// What a script with one statement, at line 10 and column 5 of its file, fails with.
    [[nodiscard]] error_details refused(std::string_view sql) {
        action bad = migrating(2, {});
        bad.script.statements.push_back(at(10, 5, sql));
        return error_of([&] { (void)perform(db, 1, {bad}); });
    }

    sqlite_engine db{file()};
};

}  // namespace

TEST_F(sqlite_scripts, AreToldTheExactPlaceOfAnError) {
    const auto first_line = refused("SELECT 'äöü', nocolumn");
    EXPECT_EQ(first_line.line, 10U);
    EXPECT_EQ(first_line.column, 19U);
    const auto third_line = refused("SELECT 1,\n  '💾',\n\t'ü' , nofunction(1)");
    EXPECT_EQ(third_line.line, 12U);
    EXPECT_EQ(third_line.column, 8U);
    const auto syntax = refused("CREATE TABLE a (\n  id integer,\n)");
    EXPECT_EQ(syntax.line, 12U);
    EXPECT_EQ(syntax.column, 1U);
    EXPECT_THAT(syntax.message, HasSubstr("syntax error"));
}

TEST_F(sqlite_scripts, AreToldTheStatementIfSqliteKnowsNoBetterPlace) {
    const auto missing_table = refused("INSERT INTO nowhere\nVALUES (1)");
    EXPECT_EQ(missing_table.line, 10U);
    EXPECT_EQ(missing_table.column, 5U);
    EXPECT_EQ(missing_table.statement, "INSERT INTO nowhere\nVALUES (1)");
    EXPECT_EQ(missing_table.message, "no such table: nowhere");
    sqlite_handle(file()).execute("CREATE VIEW v AS SELECT      nocolumn FROM varve_ledger");
    const auto inside_a_view = refused("SELECT * FROM v");
    EXPECT_EQ(inside_a_view.column, 5U) << "the place would be one in the view";
}

TEST_F(sqlite_scripts, AreToldTheNameOfTheResult) {
    sqlite_handle(file()).execute("CREATE TABLE u (id integer PRIMARY KEY, c CHECK (c > 0), n UNIQUE)");
    sqlite_handle(file()).execute("INSERT INTO u VALUES (1, 1, 1)");
    EXPECT_EQ(refused("INSERT INTO u VALUES (1, 1, 2)").sqlstate, "SQLITE_CONSTRAINT_PRIMARYKEY");
    EXPECT_EQ(refused("INSERT INTO u VALUES (2, 1, 1)").sqlstate, "SQLITE_CONSTRAINT_UNIQUE");
    EXPECT_EQ(refused("INSERT INTO u VALUES (2, 0, 2)").sqlstate, "SQLITE_CONSTRAINT_CHECK");
    EXPECT_EQ(refused("SELECT abs(-9223372036854775808)").sqlstate, "SQLITE_ERROR");
    EXPECT_EQ(refused("VACUUM").message, "cannot VACUUM from within a transaction");
}

TEST_F(sqlite_scripts, MayReturnRowsThatNobodyReads) {
    ASSERT_EQ(perform(db, 1,
                      {migrating(2, {"WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 9)"
                                     " SELECT i FROM r",
                                     "INSERT INTO varve_statement VALUES (99, 'up', 1, NULL, 'x', NULL, NULL, NULL,"
                                     " 1, 'done') RETURNING *"})}),
              outcome::done);
    EXPECT_EQ(db.read_statements(99, direction::up).size(), 1U);
}

TEST_F(sqlite_scripts, MayHaveStatementsOfCommentsOnly) {
    EXPECT_EQ(perform(db, 1, {migrating(2, {"-- nothing", "", "CREATE TABLE a (id integer); -- after"})}),
              outcome::done);
    EXPECT_TRUE(has_table("a"));
}

TEST_F(sqlite_scripts, AreRefusedIfAStatementWasCutWrongly) {
    const auto two = refused("CREATE TABLE a (id integer); CREATE TABLE b (id integer)");
    EXPECT_THAT(two.message, HasSubstr("more than one statement"));
    EXPECT_FALSE(has_table("a"));
    EXPECT_EQ(error_of([&] { db.execute_alone(running({"SELECT 1; SELECT 2"}).script, 0); }).sqlstate, "SQLITE_MISUSE");
}

TEST_F(sqlite_scripts, AreFoundOutIfTheyEndTheTransaction) {
    for (const std::string_view ending : {"COMMIT", "END", "ROLLBACK"}) {
        action bad = migrating(2, {"CREATE TABLE a (id integer)"});
        bad.script.statements.push_back(at(3, 1, ending));
        bad.script.statements.push_back(at(4, 1, "CREATE TABLE b (id integer)"));
        const auto lost = error_of([&] { (void)perform(db, 1, {bad}); });
        EXPECT_EQ(lost.code, error_code::transaction_lost) << ending;
        EXPECT_EQ(lost.line, 3U);
        EXPECT_FALSE(has_table("b"));
        EXPECT_EQ(db.read(engine::rows::all).revision, 1);
        sqlite_handle(file()).execute("DROP TABLE IF EXISTS a");
    }
}

TEST_F(sqlite_scripts, ThatRollBackByAConflictLeaveNothing) {
    sqlite_handle(file()).execute(
        "CREATE TABLE u (id integer PRIMARY KEY ON CONFLICT ROLLBACK); INSERT INTO u VALUES (1)");
    const auto failed = error_of([&] {
        (void)perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)", "INSERT INTO u VALUES (1)"})});
    });
    EXPECT_EQ(failed.code, error_code::statement_failed);
    EXPECT_EQ(failed.sqlstate, "SQLITE_CONSTRAINT_PRIMARYKEY");
    EXPECT_FALSE(has_table("a"));
    EXPECT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::done);
}

TEST_F(sqlite_scripts, ThatRollBackByATriggerLeaveNothing) {
    sqlite_handle(file()).execute(
        "CREATE TABLE u (id integer);"
        "CREATE TRIGGER no BEFORE INSERT ON u BEGIN SELECT RAISE(ROLLBACK, 'not here'); END");
    const auto failed = error_of([&] {
        (void)perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)", "INSERT INTO u VALUES (1)"})});
    });
    EXPECT_EQ(failed.message, "not here");
    EXPECT_EQ(failed.sqlstate, "SQLITE_CONSTRAINT_TRIGGER");
    EXPECT_FALSE(has_table("a"));
}

TEST_F(sqlite_scripts, WithoutATransactionMayChangeTheFile) {
    const runnable script =
        running({"PRAGMA journal_mode = wal", "VACUUM", "PRAGMA auto_vacuum = full", "ATTACH ':memory:' AS extra"})
            .script;
    for (std::size_t each = 0; each < script.statements.size(); ++each) db.execute_alone(script, each);
    EXPECT_EQ(sqlite_handle(file()).value("PRAGMA journal_mode"), "wal");
}

TEST_F(sqlite_scripts, WithoutATransactionMayNotLeaveOneOpen) {
    const auto failed = error_of([&] { db.execute_alone(running({"BEGIN"}).script, 0); });
    EXPECT_EQ(failed.code, error_code::statement_failed);
    EXPECT_THAT(failed.message, HasSubstr("leaves a transaction open"));
    EXPECT_EQ(perform(db, 1, {migrating(2, {})}), outcome::done);
}

TEST_F(sqlite_scripts, FindTheLedgerWhateverElseHasItsName) {
    const sqlite_handle callers(file());
    callers.execute("CREATE TEMP TABLE varve_ledger (nonsense); CREATE TEMP TABLE varve_statement (nonsense)");
    sqlite_engine borrowing(callers.get());
    EXPECT_EQ(perform(borrowing, 1, {migrating(2, {})}), outcome::done);
    EXPECT_EQ(borrowing.read(engine::rows::all).revision, 2);
}

TEST_F(sqlite_scripts, OfANewerVarveAreNotMisread) {
    sqlite_handle(file()).execute("UPDATE varve_ledger SET kind = 'hologram' WHERE id = 1");
    const auto refused = error_of([&] { (void)db.read(engine::rows::all); });
    EXPECT_EQ(refused.code, error_code::ledger_too_new);
    EXPECT_THAT(refused.message, HasSubstr("row 1 of the ledger has the kind 'hologram'"));
}

}  // namespace varve::testing
