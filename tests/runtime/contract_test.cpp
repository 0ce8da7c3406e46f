#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <support/history_builder.hpp>

#include <varve/command_line.hpp>
#include <varve/migrate.hpp>

#include <array>
#include <typeinfo>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;

// On the platforms of the tests the name of a function's type is what its symbol says of its parameters.
template <typename Operation>
void expect_contract(Operation operation) {
    EXPECT_THAT(typeid(operation).name(), HasSubstr("contract_1"));
}

TEST(Contract, IsInTheSymbolOfEveryOperationSoThatAnotherOneDoesNotLink) {
    expect_contract(&migrate);
    expect_contract(&rollback);
    expect_contract(&redo);
    expect_contract(&renumber);
    expect_contract(&baseline);
    expect_contract(&skip);
    expect_contract(&check);
    expect_contract(&plan_for);
    expect_contract(&status);
    expect_contract(&log);
    expect_contract(&make_plan);
    expect_contract(static_cast<int (*)(engine&, const histories&, const arguments&, const options&)>(&command_line));
}

// A script of one statement and its statement have the same tokens; the generator writes their checksum once.
TEST(Contract, GivesAStatementWithoutAChecksumThatOfItsScript) {
    constexpr digest of_script{{1, 2, 3, 4}};
    constexpr digest of_second{{5, 6, 7, 8}};
    constexpr std::array statements{statement_data{.size = 1}, statement_data{.size = 1, .checksum = of_second}};
    constexpr std::array migrations{
        migration_data{.text = "x", .up = {.statement_count = 2, .checksum = {.rule = 1, .value = of_script}}}};
    history known;
    known.migrations = migrations;
    known.statements = statements;
    EXPECT_EQ(known[0].up()[0].checksum, of_script);
    EXPECT_EQ(known[0].up()[1].checksum, of_second);
}

TEST(Contract, ReachesTheMasterFileLikeAMigration) {
    constexpr std::array statements{statement_data{.offset = 16, .size = 1}};
    constexpr migration_data file{
        .text = "schemaschema.sqlX", .name_size = 6, .up = {.file_offset = 6, .file_size = 10, .statement_count = 1}};
    history known;
    EXPECT_FALSE(known.master());
    known.statements = statements;
    known.master_file = &file;
    ASSERT_TRUE(known.master());
    EXPECT_TRUE(known.master()->is_master());
    EXPECT_EQ(known.master()->name(), "schema");
    EXPECT_EQ(known.master()->up().file(), "schema.sql");
    EXPECT_EQ(known.master()->up()[0].sql, "X");
}

// What is stored beside the scripts is found by an index that counts through all of them.
TEST(Contract, CountsRepeatableScriptsBehindTheMigrationsAndSeedsBehindThese) {
    const built_history shop("shop", engine_kind::sqlite, {{.version = 1, .name = "a", .up = {"A"}}}, {},
                             {.repeatables = {{.name = "b", .statements = {"B"}}},
                              .seeds = {{.name = "dev/c", .statements = {"C"}, .limits = {.lock_timeout = 7}},
                                        {.name = "dev/d", .statements = {"D"}}}});
    const history& known = shop.get();
    EXPECT_EQ(known.data_of(0).up.checksum, known[0].up().checksum());
    EXPECT_EQ(known.data_of(1).kind, script_kind::repeatable);
    EXPECT_EQ(known.data_of(3).kind, script_kind::seed);
    EXPECT_EQ(known.repeatable(0).up().limits().lock_timeout, script_limits::not_given);
    EXPECT_EQ(known.seed(0).up().limits().lock_timeout, 7);
    EXPECT_EQ(known.seed(1).up().limits().lock_timeout, script_limits::not_given);
}

TEST(Contract, KnowsTheDirectoryOfEachScript) {
    const built_history shop("shop", engine_kind::sqlite, {}, {},
                             {.repeatables = {{.name = "b"}}, .seeds = {{.name = "dev/c"}}});
    EXPECT_EQ(shop.get().repeatable(0).directory(), "migrations");
    EXPECT_EQ(shop.get().seed(0).directory(), "seeds");
    EXPECT_EQ(shop.get().seed(0).up().file(), "dev/c.sql");
}

}  // namespace
}  // namespace varve::testing
