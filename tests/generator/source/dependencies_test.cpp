#include <gtest/gtest.h>

#include <generator/found.hpp>
#include <initializer_list>
#include <source/dependencies.hpp>

namespace varve::generator {
namespace {

dependency_source on(std::int64_t version, std::string history = "") {
    return {.history = std::move(history), .version = version, .where = {"m/x.sql", 1, 19, ""}};
}

migration_source migration(std::int64_t version, std::initializer_list<dependency_source> depends = {}) {
    migration_source result;
    result.version = version;
    result.name = "n" + std::to_string(version);
    result.depends = depends;
    for (dependency_source& each : result.depends) each.where.path = "m/" + std::to_string(version) + ".sql";
    return result;
}

diagnostics check(std::initializer_list<migration_source> migrations, order_known order = order_known::yes) {
    diagnostics found;
    check_dependencies({.name = "shop", .engine = engine_kind::sqlite, .directory_name = "m", .migrations = migrations},
                       order, found);
    return found;
}

TEST(Dependencies, OnEarlierMigrationsAreFine) {
    EXPECT_EQ(printed(check({migration(3), migration(5, {on(3)}), migration(7, {on(3), on(5)})})), "");
}

TEST(Dependencies, OnAnotherHistoryAreNotCheckedHere) {
    EXPECT_EQ(printed(check({migration(3, {on(99, "auth")})})), "");
}

TEST(Dependencies, OnAnUnknownVersionIsAnError) {
    EXPECT_EQ(printed(check({migration(3, {on(2)})})),
              "m/3.sql:1:19: error: there is no migration 2 in this history [M020]\n"
              "  hint: correct the version; another history's has its name in front: depends auth:2\n");
}

TEST(Dependencies, OnItselfIsAnError) {
    EXPECT_EQ(printed(check({migration(3, {on(3)})})),
              "m/3.sql:1:19: error: the migration depends on itself [M021]\n"
              "  hint: delete the directive\n");
}

TEST(Dependencies, OnALaterMigrationIsAnError) {
    EXPECT_EQ(printed(check({migration(3, {on(5)}), migration(5)})),
              "m/3.sql:1:19: error: the migration depends on a later one: 5 (n5) [M022]\n"
              "  hint: rename one of them, so that 5 (n5) comes first\n");
}

TEST(Dependencies, LaterIsWhatTheHistorySaysNotTheVersion) {
    EXPECT_EQ(printed(check({migration(9), migration(3, {on(9)})})), "");
    EXPECT_EQ(codes(check({migration(9, {on(3)}), migration(3)})), "M022");
}

TEST(Dependencies, InACircleAreReportedOnce) {
    EXPECT_EQ(printed(check({migration(3, {on(5)}), migration(5, {on(7)}), migration(7, {on(3)})})),
              "m/3.sql:1:19: error: these migrations depend on each other in a circle: 3 -> 5 -> 7 -> 3 [M023]\n"
              "  hint: delete one of these directives\n"
              "m/5.sql:1:19: note: and 5 depends on 7\n"
              "m/7.sql:1:19: note: and 7 depends on 3\n");
}

TEST(Dependencies, OrderIsNotCheckedWhereItIsUnknown) {
    EXPECT_EQ(codes(check({migration(3, {on(5), on(4)}), migration(5)}, order_known::no)), "M020");
}

TEST(Dependencies, ManyAreCheckedQuickly) {
    history_source history;
    for (std::int64_t version = 1; version <= 10'000; ++version) {
        migration_source next;
        next.version = version;
        if (version > 1) next.depends.push_back(on(version - 1));
        history.migrations.push_back(std::move(next));
    }
    diagnostics found;
    check_dependencies(history, order_known::yes, found);
    EXPECT_FALSE(found.any_errors());
}

}  // namespace
}  // namespace varve::generator
