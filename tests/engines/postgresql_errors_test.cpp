#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PostgresqlErrors : public postgresql_test {
protected:
    /// What a statement at line 10, column 5 of its file fails with.
    error_details failing(const std::string& sql) {
        const auto engine = connect();
        action step = running({"SELECT 1"});
        step.script.statements.push_back(at(10, 5, sql));
        return failure_of([&] { (void)perform(*engine, std::nullopt, {step}); });
    }
};

TEST_F(PostgresqlErrors, PointToTheCharacter) {
    const auto failure = failing("SELECT 'äöü日本', nocol");
    EXPECT_EQ(failure.line, 10U);
    EXPECT_EQ(failure.column, 5U + 16U);
    EXPECT_EQ(failure.sqlstate, "42703");
    EXPECT_EQ(failure.message, "column \"nocol\" does not exist");
}

TEST_F(PostgresqlErrors, PointToTheCharacterInALaterLineAfterTabs) {
    const auto failure = failing("SELECT 1,\n\t\t'日本語',\tnocol\nFROM pg_class");
    EXPECT_EQ(failure.line, 11U);
    EXPECT_EQ(failure.column, 10U);
}

TEST_F(PostgresqlErrors, PointToTheCharacterInALongLine) {
    const std::string many = "1 AS aaaaaaaaaaaaaaaaaaaaaaaaa, 2 AS bbbbbbbbbbbbbbbbbbbbbbbb, 3 AS ccccccccccccccccc, ";
    const auto failure =
        failing("SELECT " + many + "nocol, " + "4 AS ddddddddddddddddddddddddddd, 5 AS eeeeeeeeeeeeee");
    EXPECT_EQ(failure.column, 5U + 7U + many.size());
}

TEST_F(PostgresqlErrors, PointToTheStatementIfTheServerSaysNoMore) {
    const auto failure = failing("SELECT 1 / 0");
    EXPECT_EQ(failure.line, 10U);
    EXPECT_EQ(failure.column, 5U);
    EXPECT_EQ(failure.sqlstate, "22012");
    EXPECT_EQ(failure.statement, "SELECT 1 / 0");
}

TEST_F(PostgresqlErrors, PointIntoAnAnonymousBlock) {
    const auto failure = failing("DO $$\nBEGIN\n  INSERT INTO nope\n  VALUES (1);\nEND $$");
    EXPECT_EQ(failure.line, 12U);
    EXPECT_EQ(failure.column, 15U);
    const auto later = failing("DO $$\nBEGIN\n  PERFORM 1;\n  PERFORM 1/0;\nEND $$");
    EXPECT_EQ(later.line, 13U);
}

TEST_F(PostgresqlErrors, PointToTheCallOfAFunctionThatFails) {
    ask("CREATE FUNCTION failing() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN (SELECT nocol);\nEND $$");
    const auto failure = failing("SELECT failing()");
    EXPECT_EQ(failure.line, 10U);
    EXPECT_EQ(failure.column, 5U);
}

TEST_F(PostgresqlErrors, PointToASyntaxErrorInAFunction) {
    const auto failure = failing("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETRUN 1;\nEND $$");
    EXPECT_EQ(failure.line, 12U);
    EXPECT_EQ(failure.column, 3U);
    EXPECT_EQ(failure.sqlstate, "42601");
}

TEST_F(PostgresqlErrors, CarryDetailAndHint) {
    const auto failure = failing("DO $$ BEGIN RAISE 'no' USING DETAIL = 'because', HINT = 'try again'; END $$");
    EXPECT_EQ(failure.message, "no: because");
    EXPECT_EQ(failure.hint, "try again");
    EXPECT_EQ(failure.sqlstate, "P0001");
}

TEST_F(PostgresqlErrors, CarrySqlstatesThatLibpqxxForgets) {
    for (const std::string state : {"40001", "40P01", "42501", "08006", "53300", "55P03", "VV001"}) {
        const auto failure = failing("DO $$ BEGIN RAISE 'x' USING ERRCODE = '" + state + "'; END $$");
        const bool is_about_locks = state == "40001" || state == "40P01" || state == "55P03";
        EXPECT_EQ(failure.code, is_about_locks ? error_code::table_locked : error_code::statement_failed) << state;
        EXPECT_EQ(failure.sqlstate, state == "08006" ? "08000" : state);
    }
}

TEST_F(PostgresqlErrors, SayWhichRightIsMissingForTheLedger) {
    ask("CREATE ROLE nobody_special LOGIN");
    const auto creating =
        failure_of([&] { migrate(*connect_as("nobody_special"), shop({{"CREATE TABLE a (id int)"}})); });
    EXPECT_EQ(creating.code, error_code::permission_denied);
    EXPECT_EQ(creating.sqlstate, "42501");
    EXPECT_THAT(creating.hint, HasSubstr("GRANT CREATE ON SCHEMA \"public\" TO \"nobody_special\""));

    migrate(*connect(), shop({{"CREATE TABLE a (id int)"}}));
    const auto reading =
        failure_of([&] { migrate(*connect_as("nobody_special"), shop({{"CREATE TABLE a (id int)"}})); });
    EXPECT_EQ(reading.code, error_code::permission_denied);
    EXPECT_THAT(reading.hint, HasSubstr("GRANT SELECT, INSERT, UPDATE ON \"public\".varve_ledger"));

    ask("GRANT SELECT ON varve_ledger, varve_statement TO nobody_special; GRANT CREATE ON SCHEMA public TO PUBLIC");
    const auto writing = failure_of([&] {
        migrate(*connect_as("nobody_special"), shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}}));
    });
    EXPECT_EQ(writing.code, error_code::permission_denied);
    EXPECT_FALSE(has_table("b"));
}

TEST_F(PostgresqlErrors, OfRightsInAScriptAreOrdinaryFailures) {
    ask("CREATE ROLE weak_in_script LOGIN; GRANT CREATE ON SCHEMA public TO PUBLIC; CREATE TABLE secret (id int)");
    const auto failure = failure_of([&] {
        migrate(*connect_as("weak_in_script"), shop({{"SELECT 1", "SELECT * FROM secret"}}));
    });
    EXPECT_EQ(failure.code, error_code::statement_failed);
    EXPECT_EQ(failure.sqlstate, "42501");
    EXPECT_EQ(failure.line, 2U);
}

TEST_F(PostgresqlErrors, SayThatTheDatabaseIsMissing) {
    const auto failure =
        failure_of([&] { (void)status(*std::make_unique<postgresql_engine>(server.uri("nowhere")), shop({})); });
    EXPECT_EQ(failure.code, error_code::database_missing);
    EXPECT_THAT(failure.message, HasSubstr("\"nowhere\" does not exist"));
}

TEST_F(PostgresqlErrors, SayThatThereIsNoServerWithoutThePassword) {
    postgresql_engine engine("postgresql://deploy:se%63ret@/shop?host=/nowhere&password=another");
    const auto failure = failure_of([&] { (void)engine.read(engine::rows::all); });
    EXPECT_EQ(failure.code, error_code::connection_failed);
    EXPECT_THAT(failure.message, HasSubstr("No such file or directory"));
    EXPECT_THAT(failure.message, Not(HasSubstr("secret")));
    EXPECT_THAT(failure.message, Not(HasSubstr("se%63ret")));
    EXPECT_THAT(failure.message, Not(HasSubstr("another")));
}

TEST_F(PostgresqlErrors, OfAConnectionStringThatCannotBeReadShowNothingOfIt) {
    for (const std::string given : {"host=x password=my secret", "postgresql://u:my/secret@host/db", "my secret",
                                    "postgresql://u:my%secret@host/db", "password='my secret"}) {
        postgresql_engine engine(given);
        const auto failure = failure_of([&] { (void)engine.read(engine::rows::all); });
        EXPECT_EQ(failure.code, error_code::connection_failed) << given;
        EXPECT_THAT(failure.message, Not(HasSubstr("secret"))) << given;
        EXPECT_THAT(failure.hint, HasSubstr("percent-encoded")) << given;
    }
}

TEST_F(PostgresqlErrors, RefuseASchemaThatCannotBe) {
    EXPECT_EQ(failure_of([&] { (void)connect({.schema = ""}); }).code, error_code::invalid_argument);
    EXPECT_EQ(failure_of([&] { (void)connect({.schema = std::string(64, 'x')}); }).code, error_code::invalid_argument);
}

TEST_F(PostgresqlErrors, AreKeptApartFromNoticesWhichArePrintedNowhere) {
    ::testing::internal::CaptureStderr();
    migrate(*connect(), shop({{"DO $$ BEGIN RAISE WARNING 'loud'; END $$", "DROP TABLE IF EXISTS nothing"}}));
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace varve::testing
