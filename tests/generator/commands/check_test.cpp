#include "program.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
class Check : public testing::Program {};

TEST_F(Check, SaysWhatThereIs) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, StartsWith("shop_schema: 1 migration, 0 released, nothing is wrong\n"));
    EXPECT_THAT(result.err, HasSubstr("1 migration is a draft"));
}

TEST_F(Check, FillsInVariables) {
    write("migrations/0001_a.sql",
          "-- ${prefix} in a comment\nCREATE TABLE ${prefix}_users (id INTEGER, note TEXT DEFAULT '${prefix}');\n");
    write("migrations/0001_a.down.sql", "DROP TABLE ${prefix}_users;\n");
    EXPECT_EQ(run(source("check", {"--variable", "prefix=shop"})).exit_code, 0);
}

TEST_F(Check, KnowsEachVariableInBothDirections) {
    write("migrations/0001_a.sql", "CREATE TABLE ${prefix}_users (id INTEGER, ${column} TEXT);\n");
    const auto result = run(source("check", {"--variable", "prefix=shop", "--variable=other=x"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:1:38: error: there is no variable 'column' [M119]"));
    EXPECT_THAT(result.err, HasSubstr("gives values to: other, prefix;"));
    EXPECT_THAT(result.err, HasSubstr("error: no script has the variable 'other' [M053]"));
}

TEST_F(Check, TakesAValueThatIsOneWord) {
    for (const char* wrong : {"schema", "1x=y", "schema=", "schema=a b", "schema=a;b", "schema='a'", "schema=a.b"}) {
        const auto result = run(source("check", {"--variable", wrong}));
        EXPECT_EQ(result.exit_code, 2) << wrong;
        EXPECT_THAT(result.err, HasSubstr("variable")) << wrong;
    }
}

TEST_F(Check, ChangingAValueIsNoEdit) {
    write("migrations/0001_a.sql", "CREATE TABLE ${prefix}_users (id INTEGER);\n");
    EXPECT_EQ(run(source("lock", {"--variable", "prefix=shop"})).exit_code, 0);
    EXPECT_EQ(run(source("check", {"--variable", "prefix=other", "--require-locked"})).exit_code, 0);
    write("migrations/0001_a.sql", "CREATE TABLE shop_users (id INTEGER);\n");
    const auto edited = run(source("check"));
    EXPECT_EQ(edited.exit_code, 1);
    EXPECT_THAT(edited.err, HasSubstr("0001_a.sql"));
}

TEST_F(Check, WritesNothing) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    (void)run(source("check"));
    EXPECT_EQ(
        std::distance(std::filesystem::directory_iterator(path("migrations")), std::filesystem::directory_iterator()),
        1);
}

TEST_F(Check, ReportsEverythingThatIsWrong) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    write("migrations/0002_b.sql", "SELECT ?1;\n");
    write("migrations/stray.txt", "");
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:1:8: error: "));
    EXPECT_THAT(result.err, HasSubstr("0002_b.sql:1:8: error: "));
    EXPECT_THAT(result.err, HasSubstr("stray.txt:1:1: error: "));
}

TEST_F(Check, PrintsDiagnosticsAsJsonToStandardOutput) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    const auto result = run(source("check", {"--format", "json"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, StartsWith("[\n  {\"severity\": \"error\", \"code\": \"M"));
}

TEST_F(Check, PrintsAnEmptyJsonArrayIfThereIsNothingToSay) {
    const auto result = run(source("check", {"--format", "json"}));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "[]\n");
}

TEST_F(Check, PrintsOneSarifLogAndNoOtherWord) {
    for (const char* text : {"SELECT 1;\n", "SELECT 'open;\n"}) {
        write("migrations/0001_a.sql", text);
        const auto result = run(source("check", {"--format", "sarif"}));
        EXPECT_EQ(result.err, "");
        EXPECT_THAT(result.out, StartsWith("{\"$schema\": "));
        EXPECT_THAT(result.out, EndsWith("}]}\n"));
    }
}

TEST_F(Check, PrintsGitHubsCommandsToStandardOutput) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    const auto result = run(source("check", {"--format", "github"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, StartsWith("::error file="));
    EXPECT_THAT(result.out, HasSubstr("0001_a.sql,line=1,col=8,title=M111::"));
}

TEST_F(Check, RefusesDraftsIfAskedTo) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    const auto result = run(source("check", {"--require-locked"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("[M039]"));
}

TEST_F(Check, RefusesDraftsWithoutADownIfAskedTo) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    const auto result = run(source("check", {"--require-down"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("[M048]"));
    write("migrations/0001_create_users.down.sql", "DROP TABLE users;\n");
    EXPECT_EQ(run(source("check", {"--require-down"})).exit_code, 0);
}

TEST_F(Check, ReviewsDraftsAsItIsTold) {
    write("migrations/0001_a.sql", "-- varve: no-transaction\nDROP TABLE IF EXISTS b;\nCREATE TABLE a (id INTEGER);\n");
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:3:1: warning: "));
    EXPECT_THAT(result.err, HasSubstr("[M110]"));
    EXPECT_EQ(run(source("check", {"--lint-error", "M2", "--lint-error", "M110"})).exit_code, 1);
    EXPECT_THAT(run(source("check", {"--lint", "off"})).err, Not(HasSubstr("[M110]")));
    EXPECT_THAT(run(source("check", {"--lint-off", "M1"})).err, Not(HasSubstr("[M110]")));
}

TEST_F(Check, RefusesProfilesAndRulesThatDoNotExist) {
    const auto profile = run(source("check", {"--lint", "all"}));
    EXPECT_EQ(profile.exit_code, 2);
    EXPECT_THAT(profile.err, HasSubstr("'all' is none of: off default online strict"));
    const auto code = run(source("check", {"--lint-off", "M281"}));
    EXPECT_EQ(code.exit_code, 2);
    EXPECT_THAT(code.err, HasSubstr("no rule has the code `M281` or one that begins so; did you mean M201?"));
}

TEST_F(Check, RefusesVariables) {
    write("migrations/0001_a.sql", "CREATE TABLE ${schema}.a (id INTEGER);\n");
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:1:14: error: "));
    EXPECT_THAT(result.err, HasSubstr("[M119]"));
}

TEST_F(Check, KnowsTheSchemaInVarvesOwnLedgerAlone) {
    write("migrations/0001_a.sql", "CREATE TABLE ${schema}.a (id INTEGER);\n");
    EXPECT_EQ(run(source("check", {"--own-ledger"})).exit_code, 0);
    write("migrations/0001_a.sql", "CREATE TABLE ${other}.a (id INTEGER);\n");
    EXPECT_EQ(run(source("check", {"--own-ledger"})).exit_code, 1);
}

TEST_F(Check, SaysThatADirectoryIsNotThere) {
    std::filesystem::remove(path("migrations"));
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("[M005]"));
}

TEST_F(Check, TakesTheServersVersionForPostgresqlOnly) {
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    EXPECT_THAT(run(source("check", {"--pg-target-version", "17"})).err, HasSubstr("is for --engine postgresql"));
    EXPECT_EQ(run(source("check", {"--pg-target-version", "17.2"})).exit_code, 2);
}

TEST_F(Check, JudgesWhatTheReplayFoundLikeAnyRule) {
    write("migrations/0001_users.sql", "CREATE TABLE users (id INTEGER);\nCREATE INDEX users_id ON users (id);\n");
    const std::string rebuild = "DROP TABLE users; CREATE TABLE users (id INTEGER NOT NULL);\n";
    write("migrations/0002_rebuild.sql", rebuild);
    EXPECT_THAT(run(source("check")).err, HasSubstr("0002_rebuild.sql:1:1: warning: this drops the index"));
    EXPECT_EQ(run(source("check", {"--lint-error", "M611"})).exit_code, 1);
    EXPECT_THAT(run(source("check", {"--lint-off", "M611"})).err, Not(HasSubstr("[M611]")));
    write("migrations/0002_rebuild.sql", "-- varve: allow M611 nobody searches by it\n" + rebuild);
    EXPECT_THAT(run(source("check")).err, AllOf(Not(HasSubstr("[M611]")), Not(HasSubstr("[M018]"))));
    const auto unreplayed = run(source("check", {"--replay", "off"}));
    EXPECT_EQ(unreplayed.exit_code, 0);
    EXPECT_THAT(unreplayed.err, Not(HasSubstr("[M018]")));
    write("migrations/0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    EXPECT_THAT(run(source("check")).err, HasSubstr("needs `allow M611` [M018]"));
}

}  // namespace
}  // namespace varve::generator
