// What a whole script says about how to run it.
#include "classified.hpp"

#include <sql/checksum.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::generator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::classified;
using testing_support::hint;
using testing_support::message;
using testing_support::places;

constexpr engine_kind postgresql = engine_kind::postgresql;
constexpr engine_kind sqlite = engine_kind::sqlite;
constexpr transaction_mode in_transaction = transaction_mode::transaction;
constexpr transaction_mode no_transaction = transaction_mode::no_transaction;

TEST(Classify, AStatementIsTheFilesTextFromItsFirstTokenToItsLast) {
    const classified script("-- head\nCREATE TABLE a (x int /* why */);\n\n-- then\nDROP TABLE b ; -- end\n", sqlite);
    EXPECT_THAT(script.statements(), ElementsAre("CREATE TABLE a (x int /* why */)", "DROP TABLE b"));
    EXPECT_THAT(script.places(), IsEmpty());
    EXPECT_EQ(script.script.foreign_keys, foreign_keys_setting::unchanged);
    EXPECT_FALSE(script.script.needs_no_transaction);
}

TEST(Classify, AScriptOfCommentsOnlyHasNoStatements) {
    const classified script("-- nothing to do\n/* really */;\n", postgresql);
    EXPECT_THAT(script.statements(), IsEmpty());
    EXPECT_THAT(script.places(), IsEmpty());
    EXPECT_FALSE(script.script.needs_no_transaction);
}

TEST(Classify, EachStatementHasItsOwnChecksum) {
    const classified script("BEGIN; SELECT 1 ; SELECT/**/1; COMMIT;", postgresql);
    ASSERT_EQ(script.script.statements.size(), 2U);
    EXPECT_EQ(script.script.statements[0].checksum, script.script.statements[1].checksum);
    EXPECT_EQ(to_string(checksum{.rule = 1, .value = script.script.statements[0].checksum}),
              "1:7ad65f73cf6acfd85d1240a579325180605e52b8ca561ea1fdc127e84abdbdde");
}

TEST(Classify, VariablesAreFoundOutsideQuotesOnly) {
    const classified script("SELECT '${a}';\nCREATE TABLE ${schema}.t_${b}${c} (x int);", postgresql);
    ASSERT_EQ(script.script.statements.size(), 2U);
    EXPECT_THAT(script.script.statements[0].variables, IsEmpty());
    const auto& variables = script.script.statements[1].variables;
    ASSERT_EQ(variables.size(), 3U);
    EXPECT_EQ(variables[0].name + variables[1].name + variables[2].name, "schemabc");
    EXPECT_EQ(script.file.text().substr(variables[0].offset, variables[0].size), "${schema}");
    EXPECT_EQ(script.file.text().substr(variables[2].offset, variables[2].size), "${c}");
}

TEST(Classify, APlainWholeWrapperIsTakenOff) {
    EXPECT_THAT(classified("BEGIN; a; b; COMMIT;", postgresql).statements(), ElementsAre("a", "b"));
    EXPECT_THAT(classified("start transaction; a; end", postgresql).statements(), ElementsAre("a"));
    EXPECT_THAT(classified("BEGIN WORK; a; COMMIT TRANSACTION;", postgresql).statements(), ElementsAre("a"));
    EXPECT_THAT(classified("BEGIN; COMMIT;", sqlite).statements(), IsEmpty());
    EXPECT_THAT(classified("BEGIN TRANSACTION; a; COMMIT;", sqlite).statements(), ElementsAre("a"));
    EXPECT_THAT(classified("BEGIN IMMEDIATE; a; END TRANSACTION;", sqlite).statements(), ElementsAre("a"));
    EXPECT_THAT(places("BEGIN; a; b; COMMIT;", postgresql), IsEmpty());
    EXPECT_THAT(places("BEGIN DEFERRED TRANSACTION; a; END;", sqlite), IsEmpty());
}

TEST(Classify, AWrapperThatIsNotPlainOrNotWholeIsTransactionControl) {
    EXPECT_THAT(places("BEGIN;\na;", postgresql), ElementsAre("1:1 M105"));
    EXPECT_THAT(places("a;\nCOMMIT;", sqlite), ElementsAre("2:1 M105"));
    EXPECT_THAT(places("BEGIN ISOLATION LEVEL SERIALIZABLE; a;\n COMMIT", postgresql),
                ElementsAre("1:1 M105", "2:2 M105"));
    EXPECT_THAT(places("BEGIN EXCLUSIVE; a; COMMIT", sqlite), ElementsAre("1:1 M105", "1:21 M105"));
    EXPECT_THAT(places("BEGIN; a; COMMIT AND CHAIN", postgresql), ElementsAre("1:1 M105", "1:11 M105"));
    EXPECT_THAT(places("BEGIN; a; COMMIT; b;", sqlite), ElementsAre("1:1 M105", "1:11 M105"));
    EXPECT_THAT(places("BEGIN; a; COMMIT; BEGIN; b; COMMIT;", postgresql), ElementsAre("1:11 M105", "1:19 M105"));
    EXPECT_THAT(places("BEGIN; a; ROLLBACK;", sqlite), ElementsAre("1:1 M105", "1:11 M105"));
    EXPECT_THAT(places("BEGIN WORK; a; COMMIT;", sqlite), ElementsAre("1:1 M105", "1:16 M105"));
}

TEST(Classify, EveryTransactionControlOfPostgresqlIsRefused) {
    for (const std::string_view text :
         {"BEGIN", "START TRANSACTION READ ONLY", "COMMIT", "END WORK", "ROLLBACK", "ABORT", "SAVEPOINT a", "RELEASE a",
          "ROLLBACK TO a", "PREPARE TRANSACTION 'x'", "COMMIT PREPARED 'x'", "ROLLBACK PREPARED 'x'"}) {
        EXPECT_THAT(places("a; " + std::string(text) + "; b", postgresql), ElementsAre("1:4 M105")) << text;
        EXPECT_THAT(places("a; " + std::string(text) + "; b", postgresql, no_transaction), ElementsAre("1:4 M105"))
            << text;
    }
    EXPECT_EQ(message("a; rollback to savepoint b; c", postgresql),
              "ROLLBACK TO is transaction control, which a script cannot do");
    EXPECT_EQ(message("a; prepare transaction 'x'", postgresql),
              "PREPARE TRANSACTION is transaction control, which a script cannot do");
}

TEST(Classify, EveryTransactionControlOfSqliteIsRefused) {
    for (const std::string_view text :
         {"BEGIN", "COMMIT", "END TRANSACTION", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"}) {
        EXPECT_THAT(places("a; " + std::string(text) + "; b", sqlite), ElementsAre("1:4 M105")) << text;
    }
}

TEST(Classify, WhatOnlyLooksLikeTransactionControlIsNot) {
    EXPECT_THAT(
        places("PREPARE transaction AS SELECT $1; DO $$ BEGIN ROLLBACK_IT(); END $$; SELECT 1 AS commit;", postgresql),
        IsEmpty());
    EXPECT_THAT(places("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;\nSELECT 'COMMIT'; START x;", sqlite),
                IsEmpty());
    EXPECT_THAT(places("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;", postgresql), IsEmpty());
}

TEST(Classify, AWrapperContradictsNoTransaction) {
    EXPECT_THAT(places("-- x\nBEGIN; a; COMMIT;", postgresql, no_transaction), ElementsAre("2:1 M105"));
    EXPECT_THAT(places("BEGIN; a; COMMIT;", postgresql, in_transaction), IsEmpty());
}

TEST(Classify, AScriptOfWhatCannotRunInATransactionNeedsNone) {
    const classified script("CREATE INDEX CONCURRENTLY a ON t (x);\nDROP INDEX CONCURRENTLY b;", postgresql);
    EXPECT_TRUE(script.script.needs_no_transaction);
    EXPECT_FALSE(script.script.statements[0].transactional);
    EXPECT_THAT(script.places(), IsEmpty());
    EXPECT_TRUE(classified("VACUUM;", sqlite).script.needs_no_transaction);
    EXPECT_FALSE(classified("SELECT 1;", sqlite).script.needs_no_transaction);
}

TEST(Classify, AMixIsRefusedUnlessNoTransactionIsAskedFor) {
    const std::string_view mix = "CREATE TABLE t (a int);\n  CREATE INDEX CONCURRENTLY i ON t (a);\nVACUUM t;";
    EXPECT_THAT(places(mix, postgresql), ElementsAre("2:3 M106", "3:1 M106"));
    EXPECT_EQ(message(mix, postgresql), "CREATE INDEX CONCURRENTLY cannot run inside a transaction");
    EXPECT_THAT(hint(mix, postgresql),
                HasSubstr("move it to a migration of its own; varve then runs it without one\n"));
    const classified allowed(mix, postgresql, no_transaction);
    EXPECT_THAT(allowed.places(), IsEmpty());
    EXPECT_FALSE(allowed.script.needs_no_transaction);
    EXPECT_TRUE(allowed.script.statements[0].transactional);
    EXPECT_FALSE(allowed.script.statements[1].transactional);
}

TEST(Classify, ATransactionAskedForContradictsWhatCannotRunInOne) {
    EXPECT_THAT(places("VACUUM;", sqlite, in_transaction), ElementsAre("1:1 M106"));
    EXPECT_THAT(hint("VACUUM;", sqlite, in_transaction), HasSubstr("remove `-- varve: transaction`"));
    EXPECT_THAT(places("BEGIN; VACUUM; COMMIT;", sqlite), ElementsAre("1:8 M106"));
    EXPECT_THAT(hint("BEGIN; VACUUM; COMMIT;", sqlite), HasSubstr("remove BEGIN and COMMIT"));
}

TEST(Classify, ForeignKeysAtTheBeginningAreASettingOfTheScript) {
    const classified off("PRAGMA foreign_keys=OFF;\na;\nPRAGMA foreign_keys = on;\n", sqlite);
    EXPECT_EQ(off.script.foreign_keys, foreign_keys_setting::off);
    EXPECT_THAT(off.statements(), ElementsAre("a"));
    EXPECT_THAT(off.places(), IsEmpty());
    EXPECT_EQ(classified("pragma foreign_keys(1); a", sqlite).script.foreign_keys, foreign_keys_setting::on);
    EXPECT_EQ(classified("pragma main.\"foreign_keys\" = 'no'; a", sqlite).script.foreign_keys,
              foreign_keys_setting::off);
    EXPECT_EQ(classified("PRAGMA foreign_keys = true; a", sqlite).script.foreign_keys, foreign_keys_setting::on);
}

TEST(Classify, ForeignKeysMayStandInsideOrOutsideAWrapper) {
    const classified outside("PRAGMA foreign_keys=off; BEGIN; a; COMMIT; PRAGMA foreign_keys=on;", sqlite);
    EXPECT_EQ(outside.script.foreign_keys, foreign_keys_setting::off);
    EXPECT_THAT(outside.statements(), ElementsAre("a"));
    EXPECT_THAT(outside.places(), IsEmpty());
    const classified inside("BEGIN; PRAGMA foreign_keys=off; a; PRAGMA foreign_keys=on; COMMIT;", sqlite);
    EXPECT_EQ(inside.script.foreign_keys, foreign_keys_setting::off);
    EXPECT_THAT(inside.statements(), ElementsAre("a"));
    EXPECT_THAT(inside.places(), IsEmpty());
}

TEST(Classify, ForeignKeysElsewhereAreRefused) {
    EXPECT_THAT(places("a;\nPRAGMA foreign_keys=off;\nb;", sqlite), ElementsAre("2:1 M117"));
    EXPECT_THAT(places("PRAGMA foreign_keys=off;\na;\nPRAGMA foreign_keys=on;\nb;", sqlite), ElementsAre("3:1 M117"));
    EXPECT_THAT(places("a;\nPRAGMA foreign_keys=on;", sqlite), ElementsAre("2:1 M117"));
    EXPECT_THAT(places("PRAGMA foreign_keys=off;\nPRAGMA foreign_keys=on; a", sqlite), ElementsAre("2:1 M117"));
    EXPECT_THAT(places("PRAGMA foreign_keys = 2; a", sqlite), ElementsAre("1:1 M117"));
    EXPECT_THAT(places("PRAGMA foreign_keys = -1; a", sqlite), ElementsAre("1:1 M117"));
    EXPECT_THAT(places("PRAGMA foreign_keys = on off; a", sqlite), ElementsAre("1:1 M117"));
}

TEST(Classify, AskingForForeignKeysIsAStatementLikeAnyOther) {
    const classified script("PRAGMA foreign_keys; PRAGMA foreign_key_check; PRAGMA defer_foreign_keys = on;", sqlite);
    EXPECT_EQ(script.script.statements.size(), 3U);
    EXPECT_EQ(script.script.foreign_keys, foreign_keys_setting::unchanged);
    EXPECT_THAT(script.places(), IsEmpty());
    EXPECT_THAT(places("a; PRAGMA foreign_keys = on; b", postgresql), IsEmpty());
}

TEST(Classify, ATextThatIsNotUnderstoodIsNotJudgedAsAWhole) {
    EXPECT_THAT(places("BEGIN;\na;\n'open", postgresql), ElementsAre("3:1 M111"));
    EXPECT_THAT(places("BEGIN;\n$1;\nb $2 'open", postgresql), ElementsAre("2:1 M114", "3:6 M111"));
    EXPECT_THAT(places("BEGIN;\nCOPY t FROM stdin;\n1\tit's\n\\.\nCOMMIT;", postgresql), ElementsAre("2:13 M115"));
    EXPECT_THAT(places(".bail on\nBEGIN;\na;\nCOMMIT;", sqlite), ElementsAre("1:1 M104"));
}

TEST(Classify, EndsReportingBehindTheHundredthError) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "?;";
    const classified script(text, sqlite);
    ASSERT_EQ(script.reported.size(), 101U);
    EXPECT_EQ(script.reported.back().level, severity::note);
    EXPECT_EQ(script.reported.back().message, "from here on no more errors of this file are shown");
}

}  // namespace
}  // namespace varve::generator
