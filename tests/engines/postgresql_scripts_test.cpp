#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

class PostgresqlScripts : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), shop({{"CREATE TABLE first (id int)"}})); }

    /// Applies a second migration on an engine that is used for nothing else.
    void apply(std::vector<std::string> statements) { apply(*connect(), std::move(statements)); }
    static void apply(engine& db, std::vector<std::string> statements) {
        migrate(db, shop({{"CREATE TABLE first (id int)"}, std::move(statements)}));
    }
    error_details failure_of_applying(std::vector<std::string> statements) {
        return failure_of([&] { apply(std::move(statements)); });
    }
    std::string applied() {
        return ask("SELECT count(*) FROM varve_ledger WHERE history = 'shop' AND state = 'applied'");
    }
};

TEST_F(PostgresqlScripts, MayContainAnyQuoting) {
    apply({"CREATE TABLE quoting (id int, text text)",
           R"(INSERT INTO quoting VALUES (1, 'back\slash ''single''  $varve$ $varve_do$ ${schema} $1'))",
           R"(INSERT INTO quoting VALUES (2, E'two\nlines \\ \'x\''))",
           "INSERT INTO quoting VALUES (3, $varve$dollar$varve$ || $varve0$ 'x' $varve$ $varve0$)",
           "INSERT INTO quoting VALUES (4, '$varve') -- a comment at the end",
           "DO $$ BEGIN INSERT INTO quoting VALUES (5, $q$inner 'quotes'$q$); END $$"});
    EXPECT_EQ(ask("SELECT text FROM quoting WHERE id = 1"), R"(back\slash 'single'  $varve$ $varve_do$ ${schema} $1)");
    EXPECT_EQ(ask("SELECT text FROM quoting WHERE id = 2"), "two\nlines \\ 'x'");
    EXPECT_EQ(ask("SELECT text FROM quoting WHERE id = 3"), "dollar 'x' $varve$ ");
    EXPECT_EQ(ask("SELECT text FROM quoting WHERE id = 4"), "$varve");
    EXPECT_EQ(ask("SELECT text FROM quoting WHERE id = 5"), "inner 'quotes'");
}

TEST_F(PostgresqlScripts, OfThreeHundredStatementsTakeSeveralStrings) {
    std::vector<std::string> statements;
    for (int each = 0; each < 300; ++each) statements.push_back("CREATE TABLE t" + std::to_string(each) + " (id int)");
    apply(statements);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]+$'"), "300");
    EXPECT_EQ(applied(), "2");
}

TEST_F(PostgresqlScripts, OfThreeHundredStatementsFailAsAWhole) {
    std::vector<std::string> statements;
    for (int each = 0; each < 300; ++each) statements.push_back("CREATE TABLE t" + std::to_string(each) + " (id int)");
    statements[270] = "CREATE TABLE t5 (id int)";
    const auto failure = failure_of_applying(statements);
    EXPECT_EQ(failure.line, 271U);
    EXPECT_EQ(failure.sqlstate, "42P07");
    EXPECT_FALSE(has_table("t0"));
    EXPECT_EQ(applied(), "1");
}

TEST_F(PostgresqlScripts, OfTenMegabytesAreApplied) {
    const std::string long_text(10U << 20U, 'x');
    apply({"CREATE TABLE large (text text)", "INSERT INTO large VALUES ('" + long_text + "')",
           "INSERT INTO large SELECT 'after'"});
    EXPECT_EQ(ask("SELECT sum(length(text)) FROM large"), std::to_string(long_text.size() + 5));
    EXPECT_EQ(applied(), "2");
}

TEST_F(PostgresqlScripts, MayNotCommit) {
    for (const std::string statement : {"COMMIT", "ROLLBACK", "DO $$ BEGIN COMMIT; END $$", "CALL committing()"}) {
        const auto failure = failure_of_applying(
            {"CREATE TABLE kept (id int)", "CREATE PROCEDURE committing() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
             statement});
        EXPECT_EQ(failure.line, 3U) << statement;
        EXPECT_FALSE(has_table("kept")) << statement;
    }
    EXPECT_EQ(applied(), "1");
}

TEST_F(PostgresqlScripts, MayNotCopyFromTheClient) {
    const auto failure = failure_of_applying({"CREATE TABLE kept (id int)", "COPY kept FROM STDIN"});
    EXPECT_EQ(failure.line, 2U);
    EXPECT_EQ(failure.sqlstate, "0A000");
    EXPECT_FALSE(has_table("kept"));
}

TEST_F(PostgresqlScripts, MaySwallowAnErrorOfTheirOwn) {
    apply({"DO $$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN CREATE TABLE swallowed (id int); END $$"});
    EXPECT_TRUE(has_table("swallowed"));
    EXPECT_EQ(applied(), "2");
}

TEST_F(PostgresqlScripts, ThatBreakADeferredConstraintAreNotKept) {
    const auto failure =
        failure_of_applying({"CREATE TABLE parent (id int PRIMARY KEY)",
                             "CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
                             "INSERT INTO child VALUES (7)"});
    EXPECT_EQ(failure.sqlstate, "23503");
    EXPECT_EQ(failure.file, "migrations/0002_step_2.sql");
    EXPECT_THAT(failure.message, HasSubstr("could not be committed"));
    EXPECT_THAT(failure.message, HasSubstr("Key (id)=(7) is not present"));
    EXPECT_FALSE(has_table("parent"));
    EXPECT_EQ(applied(), "1");
}

TEST_F(PostgresqlScripts, ThatEraseEverySettingAreNotKept) {
    const auto failure = failure_of_applying({"CREATE TABLE kept (id int)", "RESET ALL"});
    EXPECT_EQ(failure.code, error_code::transaction_lost);
    EXPECT_FALSE(has_table("kept"));
    EXPECT_EQ(applied(), "1");
}

TEST_F(PostgresqlScripts, LeaveTheSettingsOfTheSessionAsTheyWere) {
    pqxx::connection callers(uri);
    const auto settings = [&callers] {
        std::string all;
        pqxx::nontransaction session(callers);
        const pqxx::result rows = session.exec(
            "SELECT name || '=' || setting FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE "
            "'plpgsql.%' UNION ALL SELECT current_setting('role') UNION ALL SELECT "
            "current_setting('session_authorization') ORDER BY 1");
        for (const auto& row : rows) all += row[0].c_str() + std::string("\n");
        return all;
    };
    pqxx::nontransaction(callers).exec("SET search_path = pg_catalog; SET statement_timeout = '77s'");
    pqxx::nontransaction(callers).exec("CREATE ROLE weak_of_settings; CREATE SCHEMA other");
    const std::string before = settings();
    postgresql_engine engine(callers);
    apply(engine, {"SET search_path = other", "SET statement_timeout = '1s'", "SET lock_timeout = '2s'",
                   "SELECT set_config('work_mem', '5MB', false)", "SET TIME ZONE 'Asia/Tokyo'",
                   "SET session_replication_role = replica", "SET standard_conforming_strings = off",
                   "CREATE TABLE in_other (id int)", "SET SESSION AUTHORIZATION weak_of_settings"});
    EXPECT_EQ(settings(), before);
    EXPECT_EQ(ask("SELECT schemaname FROM pg_tables WHERE tablename = 'in_other'"), "other");
}

TEST_F(PostgresqlScripts, LeaveTheRoleAsItWasEvenIfAFunctionChangedIt) {
    ask("CREATE ROLE weak_of_function; CREATE FUNCTION become_weak() RETURNS text LANGUAGE plpgsql AS $$ BEGIN EXECUTE "
        "'S' || 'ET ROLE weak_of_function'; PERFORM pg_catalog.set_config('search_path', 'nowhere', false); RETURN ''; "
        "END $$");
    apply({"SELECT become_weak()"});
    EXPECT_EQ(applied(), "2");
}

TEST_F(PostgresqlScripts, WithoutATransactionLeaveTheSettingsAsTheyWere) {
    pqxx::connection callers(uri);
    postgresql_engine engine(callers);
    const test_history history(
        {{.version = 1, .name = "step_1", .up = {"CREATE TABLE first (id int)"}},
         {.version = 2,
          .name = "concurrently",
          .up = {"SET search_path = pg_catalog, public", "CREATE INDEX CONCURRENTLY first_id ON first (id)"},
          .mode = transaction_mode::no_transaction}});
    migrate(engine, history);
    EXPECT_STREQ(pqxx::nontransaction(callers).exec("SHOW search_path")[0][0].c_str(), "\"$user\", public");
    EXPECT_EQ(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'first_id'::regclass"), "t");
}

TEST_F(PostgresqlScripts, WithoutATransactionMayRunAsAnotherRole) {
    ask("CREATE ROLE owner_of_index; GRANT CREATE ON SCHEMA public TO owner_of_index; ALTER TABLE first OWNER TO "
        "owner_of_index");
    const test_history history({{.version = 1, .name = "step_1", .up = {"CREATE TABLE first (id int)"}},
                                {.version = 2,
                                 .name = "as_owner",
                                 .up = {"SET ROLE owner_of_index", "CREATE INDEX CONCURRENTLY first_id ON first (id)"},
                                 .mode = transaction_mode::no_transaction}});
    migrate(*connect(), history);
    EXPECT_EQ(ask("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'first_id'"), "owner_of_index");
    EXPECT_EQ(check(*connect(), history), database_state::current);
}

TEST_F(PostgresqlScripts, AreNotSubjectToAStatementTimeoutOfTheDatabase) {
    ask("ALTER DATABASE " + database + " SET statement_timeout = '100ms'");
    apply({"SELECT pg_sleep(0.08)", "SELECT pg_sleep(0.08)", "CREATE TABLE slow (id int)"});
    EXPECT_TRUE(has_table("slow"));
}

TEST_F(PostgresqlScripts, MeanTheSameWhereStringsAreNotStandard) {
    ask("ALTER DATABASE " + database + " SET standard_conforming_strings = off");
    apply({"CREATE TABLE back (text text)", R"(INSERT INTO back VALUES ('a\b''c'))"});
    EXPECT_EQ(ask("SELECT text FROM back"), R"(a\b'c)");
    EXPECT_EQ(connect()->read(engine::rows::all).entries.back().name, "step_2");
}

TEST_F(PostgresqlScripts, AreAppliedWhereTransactionsAreReadOnlyByDefault) {
    ask("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
    apply({"CREATE TABLE written (id int)"});
    EXPECT_TRUE(has_table("written"));
}

TEST_F(PostgresqlScripts, AreUtf8WhateverTheClientEncoding) {
    ask("ALTER DATABASE " + database + " SET client_encoding = 'LATIN1'");
    apply({"CREATE TABLE grüße (wert text)", "INSERT INTO grüße VALUES ('süß')"});
    ask("ALTER DATABASE " + database + " RESET client_encoding");
    EXPECT_EQ(ask("SELECT wert FROM grüße"), "süß");
}

TEST_F(PostgresqlScripts, AreAppliedWithoutAProceduralLanguage) {
    ask("DROP EXTENSION plpgsql");
    apply({"CREATE TABLE plain (id int)", "INSERT INTO plain VALUES (1)"});
    EXPECT_EQ(applied(), "2");
    const auto failure = failure_of([&] {
        migrate(*connect(), shop({{"CREATE TABLE first (id int)"},
                                  {"CREATE TABLE plain (id int)", "INSERT INTO plain VALUES (1)"},
                                  {"CREATE TABLE third (id int)", "SELECT\n  nothing"}}));
    });
    EXPECT_EQ(failure.line, 3U);
    EXPECT_EQ(failure.column, 3U);
    EXPECT_FALSE(has_table("third"));
}

TEST_F(PostgresqlScripts, MayNotCommitWithoutAProceduralLanguageEither) {
    ask("DROP EXTENSION plpgsql");
    const auto failure = failure_of_applying({"CREATE TABLE kept (id int)", "COMMIT"});
    EXPECT_EQ(failure.code, error_code::transaction_lost);
    EXPECT_EQ(applied(), "1") << "what cannot be undone is not recorded as applied";
}

TEST_F(PostgresqlScripts, AreCheckedForTheLedgersOwnRowsToo) {
    const auto engine = connect();
    const std::int64_t revision = engine->read(engine::rows::all).revision;
    action step = running({"DELETE FROM varve_ledger WHERE version = 1 AND history = 'shop'"});
    step.change.updates.push_back({.id = revision, .state = entry_state::reverted});
    EXPECT_EQ(failure_of([&] { (void)perform(*engine, revision, {step}); }).code, error_code::database_unusable);
    EXPECT_EQ(engine->read(engine::rows::all).revision, revision);
}

}  // namespace
}  // namespace varve::testing
