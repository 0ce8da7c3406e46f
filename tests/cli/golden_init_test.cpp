#include "transcript.hpp"

#include <support/history_builder.hpp>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <support/temporary_directory.hpp>
#include <varve/sqlite.hpp>

#include <string>
#include <vector>

/// How a database begins, and what it is compared with later: golden/<name>.txt.
namespace varve::testing {
namespace {

constexpr auto plain = console::kind::plain;

std::string without(std::string text, const std::string& what) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
        text.erase(at, what.size());
    return text;
}

const built_history& with_master_file() {
    static const built_history shop("shop", engine_kind::sqlite,
                                    {{.version = 1,
                                      .name = "create_customers",
                                      .up = {"CREATE TABLE customers (id INTEGER PRIMARY KEY)"},
                                      .down = {"DROP TABLE customers"}},
                                     {.version = 2,
                                      .name = "add_phone",
                                      .up = {"ALTER TABLE customers ADD COLUMN phone TEXT"},
                                      .down = {"ALTER TABLE customers DROP COLUMN phone"}}},
                                    {"CREATE TABLE customers (id INTEGER PRIMARY KEY, phone TEXT)"});
    return shop;
}

TEST(CommandLine, InitialisesByTheMasterFile) {
    sqlite_engine engine(":memory:");
    transcript page(plain);
    page.tools = tools_of(engine);
    const auto run = [&](const std::vector<std::string>& words) { page.run(engine, with_master_file().get(), words); };
    run({"init", "--dry-run"});
    run({"init", "--reason", "a new customer"});
    run({"check"});
    run({"init"});
    run({"init", "--json"});
    run({"drift"});
    run({"rollback", "--yes"});
    run({"init"});
    expect_golden("initialising", page.text());
}

TEST(CommandLine, AdoptsADatabaseThatHasTables) {
    const temporary_directory place;
    const std::string file = (place.path() / "shop.db").string();
    sqlite3* by_hand = nullptr;
    sqlite3_open(file.c_str(), &by_hand);
    sqlite3_exec(by_hand, "CREATE TABLE customers (id INTEGER, fax TEXT)", nullptr, nullptr, nullptr);
    sqlite3_close(by_hand);
    sqlite_engine engine(file);
    transcript page(plain);
    page.tools = tools_of(engine);
    const auto run = [&](const std::vector<std::string>& words) { page.run(engine, with_master_file().get(), words); };
    run({"init"});
    run({"init", "--json"});
    run({"init", "--accept-differences"});
    run({"drift"});
    run({"drift", "--json"});
    expect_golden("adopting", without(page.text(), place.path().string() + "/"));
}

}  // namespace
}  // namespace varve::testing
