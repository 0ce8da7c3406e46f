#include <replay/schema_comparison.hpp>

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

schema_object table(std::string sql) {
    return {.row = 1, .type = "table", .name = "t", .table = "t", .sql = std::move(sql)};
}

std::vector<schema_difference> between(std::string before, std::string after) {
    return compare({.before = {table(std::move(before))}, .after = {table(std::move(after))}});
}

TEST(SchemaComparison, TakesTheSameTokensForTheSame) {
    EXPECT_THAT(between("CREATE TABLE t (a INTEGER, -- a\n  b TEXT)", "create table \"T\"(A integer,[b] text)"),
                IsEmpty());
}

TEST(SchemaComparison, DoesNotIgnoreTheCaseOfStrings) {
    EXPECT_THAT(between("CREATE TABLE t (a DEFAULT 'x')", "CREATE TABLE t (a DEFAULT 'X')"),
                ElementsAre(Field(&schema_difference::what,
                                  "table `t` lacks `a default 'x'`, has `a default 'X'`, which was not there before")));
}

TEST(SchemaComparison, KnowsAnotherOrderOfColumns) {
    EXPECT_THAT(between("CREATE TABLE t (a, b CHECK (b IN (1, 2)))", "CREATE TABLE t (b CHECK (b IN (1, 2)), a)"),
                ElementsAre(Field(&schema_difference::kind, difference_kind::order_of_columns)));
}

TEST(SchemaComparison, SeesOptionsBehindTheColumns) {
    EXPECT_THAT(
        between("CREATE TABLE t (a PRIMARY KEY)", "CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID"),
        ElementsAre(Field(&schema_difference::what, "table `t` ends with `without rowid` where it ended with ``")));
}

}  // namespace
}  // namespace varve::generator
