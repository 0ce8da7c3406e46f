#include "lint_scenario.hpp"

namespace varve::generator {
namespace {

constexpr std::string_view users = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";
constexpr std::string_view index = "CREATE INDEX users_email ON users (email);\n";

lint_scenario with(std::string_view draft) {
    lint_scenario history;
    history.released(users).draft(draft);
    return history;
}

TEST(Lint, SaysWhatIsLockedAndHowToDoWithout) {
    EXPECT_EQ(
        with(index).report(),
        "m/0002_x.sql:1:1: warning: CREATE INDEX takes a SHARE lock: nobody can write to users until the index is "
        "built [M201]\n"
        "  CREATE INDEX users_email ON users (email);\n"
        "  ^\n"
        "  hint: make it in a migration of its own, which varve then runs without a transaction:\n"
        "        CREATE INDEX CONCURRENTLY users_email ON users (email);\n");
}

TEST(Lint, ReviewsDraftsOnly) { EXPECT_EQ(lint_scenario().released(users).released(index).codes(), ""); }

TEST(Lint, ATableThatADraftMakesIsNoHazard) {
    EXPECT_EQ(lint_scenario().draft(users).draft(index).codes(), "");
    EXPECT_EQ(lint_scenario().draft(std::string(users) + std::string(index)).codes(), "");
}

TEST(Lint, ATableThatTheHistoryDidNotMakeIsOne) { EXPECT_EQ(lint_scenario().draft(index).codes(), "M201"); }

TEST(Lint, ProfilesSayHowBadAFindingIs) {
    lint_scenario history = with(index);
    history.options.profile = lint_profile::online;
    EXPECT_TRUE(history.found().any_errors());
    history.options.profile = lint_profile::off;
    EXPECT_EQ(history.codes(), "");
}

TEST(Lint, AFindingIsAllowedBeforeItsStatement) {
    EXPECT_EQ(with("SELECT 1;\n-- varve: allow M201 it is small\n" + std::string(index)).codes(), "");
}

TEST(Lint, AFindingIsAllowedInsideItsStatementAndBehindItOnItsLine) {
    EXPECT_EQ(with("SELECT 1;\nCREATE INDEX a ON users -- varve: allow M201 it is small\n(email);").codes(), "");
    EXPECT_EQ(with("SELECT 1; CREATE INDEX a ON users (email); -- varve: allow M201 it is small\n").codes(), "");
}

TEST(Lint, AnAllowIsForItsStatementAlone) {
    EXPECT_EQ(with("SELECT 1;\n-- varve: allow M201 it is small\n" + std::string(index) +
                   "CREATE INDEX two ON users (email);")
                  .codes(),
              "M201");
}

TEST(Lint, AnAllowInTheHeadIsForAllStatements) {
    EXPECT_EQ(
        with("-- varve: allow M201 it is small\n" + std::string(index) + "CREATE INDEX two ON users (email);").codes(),
        "");
}

TEST(Lint, AnAllowThatNothingNeedsIsAWarning) {
    EXPECT_EQ(with("SELECT 1;\n-- varve: allow M202 it is small\nSELECT 2;\n").report(),
              "m/0002_x.sql:2:17: warning: nothing in this statement needs `allow M202` [M018]\n"
              "  -- varve: allow M202 it is small\n"
              "                  ^\n"
              "  hint: delete it: the next finding that it hides would be one that nobody thought about\n");
    EXPECT_EQ(with("-- varve: allow M202 it is small\nSELECT 2;\n").codes(), "M018");
    EXPECT_EQ(with("-- varve: allow M201 it is small\nSELECT 2;\n-- varve: allow M201 and here\n" + std::string(index))
                  .codes(),
              "M018");
}

TEST(Lint, AnAllowForARuleThatIsOffIsNotReported) {
    EXPECT_EQ(with("-- varve: allow M109 it is elsewhere\nSELECT 2;\n").codes(), "");
    lint_scenario history = with("-- varve: allow M202 it is small\nSELECT 2;\n");
    history.options.off = {"M2"};
    EXPECT_EQ(history.codes(), "");
    EXPECT_EQ(lint_scenario(engine_kind::sqlite).draft("-- varve: allow M202 it is small\nSELECT 2;\n").codes(), "");
}

TEST(Lint, AnAllowForARuleThatDoesNotExistNamesTheNearestOne) {
    EXPECT_EQ(with("-- varve: allow M271 it is small\nSELECT 2;\n").report(),
              "m/0002_x.sql:1:17: error: lint has no rule `M271` [M017]\n"
              "  -- varve: allow M271 it is small\n"
              "                  ^\n"
              "  hint: did you mean M201?\n");
}

TEST(Lint, TheAllowsOfReleasedScriptsAreNotLookedAt) {
    EXPECT_EQ(lint_scenario().released("-- varve: allow M999 it is small\nSELECT 2;\n").draft("SELECT 3").codes(), "");
}

TEST(Lint, InADownScriptOnlyWhatFailsIsFound) {
    const std::string_view up = "DROP INDEX CONCURRENTLY users_email;";
    lint_scenario history;
    history.released(users).released(index).draft(up, index);
    EXPECT_EQ(history.codes(), "");
    history.draft("ALTER TABLE users DROP COLUMN email;", "ALTER TABLE users ADD COLUMN email text NOT NULL;");
    history.options.off = {"M3"};
    EXPECT_EQ(history.codes(), "M108");
}

TEST(Lint, ADownScriptKnowsWhatItMadeItself) {
    lint_scenario history;
    history.options.off = {"M3"};
    history.released(users).draft("DROP TABLE users;",
                                  "CREATE TABLE users (id bigint); ALTER TABLE users ADD COLUMN email text NOT NULL;");
    EXPECT_EQ(history.codes(), "");
}

}  // namespace
}  // namespace varve::generator
