// What the grammar means to a whole history: what earlier scripts made, lock lines, and directives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <generator/lock/lock_scenario.hpp>
#include <lint/lint.hpp>

#include <string>
#include <vector>

namespace varve::generator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr transaction_mode with = transaction_mode::transaction;
constexpr transaction_mode without = transaction_mode::no_transaction;

class HistoryGrammar : public ::testing::Test {
protected:
    HistoryGrammar() { files.request.engine = engine_kind::postgresql; }

    [[nodiscard]] std::vector<transaction_mode> modes() const {
        diagnostics found;
        std::vector<transaction_mode> result;
        for (const migration_source& each : files.load(found).history.migrations) result.push_back(each.up.mode);
        EXPECT_FALSE(found.any_errors()) << files.shown(found);
        return result;
    }

    void write_procedure_and_call() const {
        files.write("0001_tidy.sql",
                    "CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; COMMIT; END $$;\n"
                    "CREATE TABLE t (day date) PARTITION BY RANGE (day);\n");
        files.write("0002_call.sql", "CALL tidy();\n");
        files.write("0003_block.sql", "DO $$ BEGIN COMMIT; END $$;\n");
        files.write("0004_reindex.sql", "REINDEX TABLE t;\n");
    }

    lock_scenario files;
};

TEST_F(HistoryGrammar, WhatEarlierMigrationsMadeSaysHowALaterOneRuns) {
    write_procedure_and_call();
    EXPECT_THAT(modes(), ElementsAre(with, without, without, without));
}

TEST_F(HistoryGrammar, WhatADownDropsIsStillThereForTheMigrationsBehind) {
    write_procedure_and_call();
    files.write("0001_tidy.down.sql", "DROP TABLE t;\nDROP PROCEDURE tidy;\n");
    EXPECT_THAT(modes(), ElementsAre(with, without, without, without));
}

TEST_F(HistoryGrammar, AReleasedMigrationRunsTheSameWayInABuildWithoutTheGrammar) {
    write_procedure_and_call();
    files.lock();
    EXPECT_THAT(files.read("postgresql.lock"), HasSubstr("no-transaction"));
    files.request.grammar.use = grammar_use::tokens_only;
    EXPECT_THAT(modes(), ElementsAre(with, without, without, without));
    EXPECT_EQ(files.report(), "");
}

TEST_F(HistoryGrammar, WhatWasReleasedWithoutTheGrammarIsOnlyWarnedAboutWithIt) {
    write_procedure_and_call();
    files.write("0005_typo.sql", "SELEC 1;\n");
    files.request.grammar.use = grammar_use::tokens_only;
    files.lock();
    files.request.grammar.use = grammar_use::if_built_in;
    diagnostics found;
    const loaded_history loaded = files.load(found);
    EXPECT_FALSE(found.any_errors()) << files.shown(found);
    EXPECT_EQ(found.count(severity::warning), 3U) << files.shown(found);
    EXPECT_EQ(loaded.history.migrations[1].up.mode, with);
}

TEST_F(HistoryGrammar, ADirectiveThatContradictsWhatIsDerivedIsAnError) {
    files.write("0001_block.sql", "-- varve: transaction\nDO $$ BEGIN COMMIT; END $$;\n");
    EXPECT_THAT(files.report_codes(), HasSubstr("M106"));
    files.write("0001_block.sql", "-- varve: no-transaction\nLOCK TABLE t;\n");
    EXPECT_THAT(files.report_codes(), HasSubstr("M120"));
}

TEST_F(HistoryGrammar, AMistakeOfTheParserCanBeAllowedAndAnAllowThatNothingNeedsIsToldSo) {
    files.write("0001_new.sql",
                "-- varve: allow M102 tried on the server\n"
                "CREATE TABLE a (id int);\n"
                "-- varve: allow M101 of version 99\n"
                "CREATE NOVELTY b;\n"
                "CREATE NOVELTY c; -- varve: allow M101 of version 99 too\n");
    diagnostics found;
    const loaded_history loaded = files.load(found);
    ASSERT_FALSE(found.any_errors()) << files.shown(found);
    lint(loaded.history, {}, {}, found);
    EXPECT_FALSE(found.any_errors()) << files.shown(found);
    EXPECT_THAT(files.shown(found), HasSubstr("nothing in this script needs `allow M102`"));
    EXPECT_EQ(found.count(severity::warning), 1U) << files.shown(found);
}

}  // namespace
}  // namespace varve::generator
