#include "sources.hpp"

#include <emit/unit_tables.hpp>
#include <sql/checksum.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::generator {
namespace {

using ::testing::ElementsAre;
using testing::history_of;
using testing::migration_of;
using testing::run_alone;
using testing::script_of;

std::string text_of(const migration_row& row) {
    std::string text;
    for (const auto piece : row.pieces) text += piece;
    return text;
}

unit_tables tables_of(const history_source& from) {
    diagnostics found;
    unit_tables tables = make_tables(from, found);
    EXPECT_FALSE(found.any_errors());
    return tables;
}

TEST(UnitTables, AreEmptyForAnEmptyHistory) {
    const history_source from = history_of({});
    const unit_tables tables = tables_of(from);
    EXPECT_TRUE(tables.migrations.empty());
    EXPECT_EQ(tables.mark_count, 0);
    EXPECT_EQ(tables.mark_sum, 0);
}

TEST(UnitTables, PutNameDescriptionFilesAndStatementsIntoOneText) {
    history_source from = history_of({migration_of(7, "add_email", {"A", "B"})});
    from.migrations[0].down = script_of("7_add_email.down.sql", {"C"});
    const unit_tables tables = tables_of(from);
    EXPECT_EQ(text_of(tables.migrations.at(0)),
              "add_email"
              "What add_email does"
              "7_add_email.sql"
              "AB"
              "7_add_email.down.sql"
              "C");
}

TEST(UnitTables, SayOfAScriptWithoutATransactionHowItsStatementsAreProbed) {
    history_source from =
        history_of({migration_of(1, "a", {"VACUUM"}),
                    migration_of(2, "b", {"UPDATE t SET a = 1", "CREATE INDEX CONCURRENTLY i ON s.t (a)"})});
    from.engine = engine_kind::postgresql;
    run_alone(from.migrations[1].up, from.engine);
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.probes.size(), 1U) << "not of the script in a transaction, not of what nobody can tell";
    EXPECT_EQ(tables.probes[0].statement, 2U);
    EXPECT_EQ(tables.probes[0].how, (probe_source{probe_kind::index_built, "s", "t", "i"}));
}

TEST(UnitTables, SayWhereEachStatementIs) {
    history_source from = history_of({migration_of(1, "a", {"first", "second"}), migration_of(2, "b", {"third"})});
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.statements.size(), 3U);
    EXPECT_EQ(text_of(tables.migrations[0]).substr(tables.statements[1].offset, tables.statements[1].size), "second");
    EXPECT_EQ(tables.statements[1].line, 2U);
    EXPECT_EQ(tables.statements[1].column, 1U);
    EXPECT_EQ(tables.migrations[1].data.up.first_statement, 2U);
    EXPECT_EQ(tables.migrations[1].data.up.statement_count, 1U);
    EXPECT_EQ(text_of(tables.migrations[1]).substr(tables.statements[2].offset, tables.statements[2].size), "third");
}

TEST(UnitTables, PutTheMasterFileBehindTheMigrationsAndGiveItNoMark) {
    history_source from = history_of({migration_of(1, "a", {"first"})});
    from.master = migration_of(0, "schema", {"second", "third"});
    from.master->up.other_checksums = {{2, {{1, 2, 3, 4}}}};
    from.master->up.directives.limits.lock_timeout = 10;
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.master_file.size(), 1U);
    EXPECT_EQ(tables.master_file[0].data.up.first_statement, 1U);
    EXPECT_EQ(tables.master_file[0].data.up.statement_count, 2U);
    EXPECT_EQ(tables.mark_count, 1);
    EXPECT_TRUE(tables.other_checksums.empty()) << "they are found by the index of a migration";
    EXPECT_TRUE(tables.limited_scripts.empty());
}

TEST(UnitTables, LeaveOutAChecksumThatIsTheScripts) {
    history_source from = history_of({migration_of(1, "a", {"A"}), migration_of(2, "b", {"B", "C"})});
    from.migrations[0].up.script.statements[0].checksum = from.migrations[0].up.main_checksum.value;
    const unit_tables tables = tables_of(from);
    EXPECT_EQ(tables.statements[0].checksum, digest{});
    EXPECT_EQ(tables.statements[1].checksum, from.migrations[1].up.script.statements[0].checksum);
    EXPECT_EQ(tables.statements[2].checksum, from.migrations[1].up.script.statements[1].checksum);
}

TEST(UnitTables, KnowAMigrationWithoutADownFromOneWithAnEmptyDown) {
    history_source from = history_of({migration_of(1, "a", {"A"}), migration_of(2, "b", {"B"})});
    from.migrations[1].down = script_of("2_b.down.sql", {});
    const unit_tables tables = tables_of(from);
    EXPECT_EQ(tables.migrations[0].data.down.file_size, 0U);
    EXPECT_EQ(tables.migrations[1].data.down.file_size, 12U);
    EXPECT_EQ(tables.migrations[1].data.down.statement_count, 0U);
}

TEST(UnitTables, AddUpTheMarks) {
    history_source from = history_of({migration_of(1, "a", {"A"}), migration_of(2, "b", {"B"})});
    const unit_tables tables = tables_of(from);
    const std::int64_t first = mark_of("v:1", from.migrations[0].up.main_checksum);
    const std::int64_t second = mark_of("v:2", from.migrations[1].up.main_checksum);
    EXPECT_EQ(tables.migrations[0].data.mark, first);
    EXPECT_EQ(tables.mark_count, 2);
    EXPECT_EQ(tables.mark_sum, first + second);
}

TEST(UnitTables, TurnVariablesIntoPlacesInTheText) {
    history_source from = history_of({migration_of(1, "a", {"DROP TABLE t", "CREATE TABLE ${schema}.t"})});
    classified_statement& statement = from.migrations[0].up.script.statements[1];
    statement.variables = {{statement.offset + 13, 9, "schema"}};
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.placeholders.size(), 1U);
    EXPECT_EQ(text_of(tables.migrations[0]).substr(tables.placeholders[0].offset, tables.placeholders[0].size),
              "${schema}");
    EXPECT_EQ(tables.placeholders[0].name, "schema");
    EXPECT_EQ(tables.statements[0].placeholder_count, 0);
    EXPECT_EQ(tables.statements[1].placeholder_count, 1);
    EXPECT_EQ(tables.statements[1].first_placeholder, 0U);
}

TEST(UnitTables, KeepDependenciesInOneTable) {
    history_source from = history_of({migration_of(1, "a", {}), migration_of(2, "b", {}), migration_of(3, "c", {})});
    from.migrations[1].depends = {{"auth", 5, {}}};
    from.migrations[2].depends = {{"", 1, {}}, {"", 2, {}}};
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.dependencies.size(), 3U);
    EXPECT_EQ(tables.dependencies[0].history, "auth");
    EXPECT_EQ(tables.migrations[2].data.first_dependency, 1U);
    EXPECT_EQ(tables.migrations[2].data.dependency_count, 2U);
}

TEST(UnitTables, KeepChecksumsUnderOtherRules) {
    history_source from = history_of({migration_of(1, "a", {}), migration_of(2, "b", {})});
    from.migrations[1].up.other_checksums = {{2, {{1, 2, 3, 4}}}};
    from.migrations[1].down = script_of("2_b.down.sql", {});
    from.migrations[1].down->other_checksums = {{2, {{5, 6, 7, 8}}}};
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.other_checksums.size(), 2U);
    EXPECT_EQ(tables.other_checksums[0].migration, 1U);
    EXPECT_EQ(tables.other_checksums[0].which, direction::up);
    EXPECT_EQ(tables.other_checksums[1].which, direction::down);
    EXPECT_EQ(tables.other_checksums[1].checksum.value.words[0], 5U);
}

TEST(UnitTables, KeepTheLimitsOfThoseScriptsThatHaveAny) {
    history_source from = history_of({migration_of(1, "a", {}), migration_of(2, "b", {})});
    from.migrations[1].up.directives.limits.lock_timeout = 0;
    from.migrations[1].down = script_of("2_b.down.sql", {});
    from.migrations[1].down->directives.limits.statement_timeout = 5000;
    const unit_tables tables = tables_of(from);
    ASSERT_EQ(tables.limited_scripts.size(), 2U);
    EXPECT_EQ(tables.limited_scripts[0].migration, 1U);
    EXPECT_EQ(tables.limited_scripts[0].which, direction::up);
    EXPECT_EQ(tables.limited_scripts[0].limits.lock_timeout, 0);
    EXPECT_EQ(tables.limited_scripts[0].limits.statement_timeout, script_limits::not_given);
    EXPECT_EQ(tables.limited_scripts[1].which, direction::down);
    EXPECT_EQ(tables.limited_scripts[1].limits.statement_timeout, 5000);
}

TEST(UnitTables, RefuseAMigrationThatIsLargerThanTheContract) {
    history_source from = history_of({migration_of(1, "a", {"SELECT 1"})});
    diagnostics found;
    (void)make_tables(from, found, {.text = 20});
    ASSERT_EQ(found.count(severity::error), 1U);
    const diagnostic shown = found.sorted().front();
    EXPECT_EQ(shown.code, "M050");
    EXPECT_EQ(shown.where.path, "migrations/1_a.sql");
    EXPECT_EQ(shown.message, "this migration's statements have 27 bytes; at most 20 can be embedded");
}

TEST(UnitTables, RefuseMoreStatementsThanTheContractCanCountOnce) {
    history_source from =
        history_of({migration_of(1, "a", {"A", "B"}), migration_of(2, "b", {"C"}), migration_of(3, "c", {"D"})});
    diagnostics found;
    (void)make_tables(from, found, {.statements = 2});
    ASSERT_EQ(found.count(severity::error), 1U);
    EXPECT_EQ(found.sorted().front().where.path, "migrations/2_b.sql");
}

TEST(UnitTables, RefuseMoreVariablesInAStatementThanTheContractCanCount) {
    history_source from = history_of({migration_of(1, "a", {"${s}${s}"})});
    from.migrations[0].up.script.statements[0].variables = {{0, 4, "s"}, {4, 4, "s"}};
    diagnostics found;
    (void)make_tables(from, found, {.placeholders = 1});
    EXPECT_EQ(found.count(severity::error), 1U);
}

TEST(UnitTables, RefuseMoreMigrationsThanMarksCanBeAdded) {
    history_source from = history_of({migration_of(1, "a", {}), migration_of(2, "b", {})});
    diagnostics found;
    (void)make_tables(from, found, {.migrations = 1});
    EXPECT_EQ(found.count(severity::error), 1U);
}

}  // namespace
}  // namespace varve::generator
