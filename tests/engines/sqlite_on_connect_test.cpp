#include "sqlite_engine_test.hpp"

#include <support/history_builder.hpp>

#include <varve/migrate.hpp>

#include <sqlite3.h>

#include <stdexcept>

/// What an application registers on each connection.
namespace varve::testing {
namespace {

void answer(sqlite3_context* in, int, sqlite3_value**) { sqlite3_result_int(in, 42); }

/// Registers `answer()`, and counts the connections.
sqlite_options registering(int& connections) {
    sqlite_options options;
    options.on_connect = [&connections](sqlite3* opened) {
        ++connections;
        sqlite3_create_function(opened, "answer", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, answer, nullptr,
                                nullptr);
    };
    return options;
}

built_history using_answer() {
    return {"shop",
            engine_kind::sqlite,
            {{.version = 1,
              .name = "t",
              .up = {"CREATE TABLE t (a)", "INSERT INTO t VALUES (answer())",
                     "CREATE INDEX i ON t (a) WHERE a = answer()"}}}};
}

using sqlite_on_connect_test = sqlite_engine_test;

TEST_F(sqlite_on_connect_test, MakesTheApplicationsFunctionsKnownToScripts) {
    int connections = 0;
    const auto shop = using_answer();
    sqlite_engine first(file(), registering(connections));
    (void)migrate(first, shop.get());
    EXPECT_GE(connections, 1);
    EXPECT_TRUE(has_table("t"));
    connections = 0;
    sqlite_engine second(file(), registering(connections));
    EXPECT_EQ(check(second, shop.get()), database_state::current);
    EXPECT_EQ(connections, 1);
}

TEST_F(sqlite_on_connect_test, IsCalledForTheConnectionsOfABackupToo) {
    int connections = 0;
    const auto shop = using_answer();
    sqlite_engine database(file(), registering(connections));
    (void)migrate(database, shop.get());
    connections = 0;
    tools_of(database).backup()->save(file("saved.db"));
    EXPECT_EQ(connections, 1);
    tools_of(database).backup()->restore(file("saved.db"));
    EXPECT_EQ(connections, 2);
}

TEST_F(sqlite_on_connect_test, IsNotCalledForABorrowedConnection) {
    int connections = 0;
    const sqlite_handle own(file());
    sqlite_engine database(own.get(), registering(connections));
    (void)check(database, using_answer().get());
    EXPECT_EQ(connections, 0);
}

TEST_F(sqlite_on_connect_test, ThatThrowsEndsTheOperation) {
    sqlite_options options;
    options.on_connect = [](sqlite3*) { throw std::runtime_error("no such extension"); };
    sqlite_engine database(file(), options);
    const auto why = error_of([&] { (void)migrate(database, using_answer().get()); });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.message, "the program's on_connect threw an exception: no such extension");
    EXPECT_FALSE(has_table("t"));
}

}  // namespace
}  // namespace varve::testing
