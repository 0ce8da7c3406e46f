#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace varve::testing
