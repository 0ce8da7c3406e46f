#pragma once

#include <varve/history.hpp>
#include <varve/verify.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// For the tests of a program that embeds a history, with GoogleTest: the target varve::testing. Databases to test on
/// are in <varve/testing_sqlite.hpp> and <varve/testing_postgresql.hpp>. Reference: docs/testing.md
namespace varve::testing {

/// Proves each history of `databases` (a `sqlite_databases` or `postgresql_databases`): every up script is applied to
/// an empty database, undone by its down, and applied again. Fails with what is wrong, as a compiler would say it.
template <typename Databases>
[[nodiscard]] ::testing::AssertionResult goes_up_down_and_up(Databases& databases) {
    std::string wrong;
    for (const proven_history& each : databases.prove()) {
        for (const finding& found : each.report.findings) {
            const std::string text = to_string(found, each.what->name);
            if (found.level == finding::severity::error) {
                wrong += '\n' + text;
            } else {
                GTEST_LOG_(WARNING) << text;  // a down that is released already, and may have shipped
            }
        }
    }
    if (wrong.empty()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "the history does not go up, down and up:" << wrong;
}

}  // namespace varve::testing

/// `VARVE_TEST_HISTORY(shop_databases);` beside the other tests: a test `History.GoesUpDownAndUp_shop_databases`.
#define VARVE_TEST_HISTORY(databases)                                                                             \
    TEST(History, GoesUpDownAndUp_##databases) { EXPECT_TRUE(::varve::testing::goes_up_down_and_up(databases)); } \
    static_assert(true, "a semicolon may follow")
