#include "transcript.hpp"

#include <gtest/gtest.h>
#include <support/history_builder.hpp>
#include <support/postgresql_server.hpp>

#include <varve/postgresql.hpp>

#include <pqxx/nontransaction>

/// The commands that look different on a server.
namespace varve::testing {
namespace {

void replace(std::string& in, const std::string& what, const std::string& by) {
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + by.size()))
        in.replace(at, what.size(), by);
}

const built_history& program() {
    static const built_history shop("shop", engine_kind::postgresql,
                                    {{.version = 1,
                                      .name = "create_customers",
                                      .up = {"CREATE TABLE customers (id bigserial PRIMARY KEY, name text NOT NULL)"},
                                      .down = {"DROP TABLE customers"}},
                                     {.version = 2,
                                      .name = "create_orders",
                                      .up = {"CREATE TABLE orders (customer bigint REFERENCES customers)"},
                                      .down = {"DROP TABLE orders"}}});
    return shop;
}

// What takes time has another each time, and the tables get wider with it.
void forget_times(const std::string& uri) {
    pqxx::connection by(uri);
    pqxx::nontransaction sql(by);
    sql.exec("UPDATE varve_ledger SET duration_ms = 3");
}

std::string shown(std::string text, const postgresql_server& server, const std::string& database) {
    replace(text, server.directory().string(), "/run/postgresql");
    replace(text, database, "shop_database");
    return text;
}

TEST(CommandLineOnPostgresql, LooksAndResets) {
    postgresql_server& server = shared_postgresql_server();
    const std::string database = server.create_database();
    postgresql_engine engine(server.uri(database));
    transcript page(console::kind::plain);
    page.tools = tools_of(engine);
    const auto run = [&](const std::vector<std::string>& words) { page.run(engine, program().get(), words); };
    run({"status"});
    run({"upgrade", "+1"});
    forget_times(server.uri(database));
    run({"status"});
    run({"status", "--json"});
    run({"current"});
    run({"migrate"});
    run({"show-schema"});
    run({"reset", "--yes"});
    run({"protect", "--reason", "customers are on it"});
    run({"reset", "--yes"});
    run({"backup"});
    expect_golden("postgresql", shown(page.text(), server, database));
}

TEST(CommandLineOnPostgresql, SaysThatAServerCannotBeReached) {
    postgresql_server& server = shared_postgresql_server();
    postgresql_engine engine(server.uri("no_such_database"));
    transcript page(console::kind::plain);
    page.run(engine, program().get(), {"status"});
    page.run(engine, program().get(), {"status", "--json"});
    page.run(engine, program().get(), {"wait", "--timeout", "0"});
    page.run(engine, program().get(), {"wait", "--current", "--timeout", "0"});
    expect_golden("postgresql_unreachable", shown(page.text(), server, "no_such_database"));
}

}  // namespace
}  // namespace varve::testing
