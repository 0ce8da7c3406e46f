#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <varve/command_line.hpp>
#include <varve/migrate.hpp>

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

}  // namespace
}  // namespace varve::testing
