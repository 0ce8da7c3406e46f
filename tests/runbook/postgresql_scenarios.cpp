#include "scenario.hpp"

#include <support/cutting_proxy.hpp>
#include <support/postgresql_server.hpp>

#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

/// A database of its own on the server that all scenarios share.
struct place {
    postgresql_server& server = shared_postgresql_server();
    std::string database = server.create_database();
    std::string uri = server.uri(database);

    void run(const std::string& sql) const {
        pqxx::connection connection(uri);
        pqxx::nontransaction(connection).exec(sql);
    }
};

std::string migrating(postgresql_engine& database, std::vector<migration_text> migrations, const options& how = {}) {
    const built_history shop("shop", engine_kind::postgresql, migrations);
    return printed([&] { migrate(database, shop.get(), how); });
}

std::string lock_timeout() {
    const place shop;
    postgresql_engine other(shop.uri);
    EXPECT_TRUE(other.try_lock());
    postgresql_engine database(shop.uri);
    return migrating(database, {table(1, "users")}, {.lock_wait = std::chrono::milliseconds{0}});
}

std::string in_doubt() {
    const place shop;
    cutting_proxy proxy(shop.server.directory(), 6401);
    pqxx::connection callers(shop.uri + "&port=6401");
    postgresql_engine database(callers);
    const built_history first("shop", engine_kind::postgresql, std::vector{table(1, "users")});
    migrate(database, first.get());
    proxy.cut_next(cut::after_answer, "CREATE TABLE orders");
    return migrating(database, {table(1, "users"), table(2, "orders")});
}

std::string connection_failed() {
    const place shop;
    postgresql_engine database(shop.uri + "&port=6402");
    return migrating(database, {table(1, "users")});
}

std::string transaction_lost() {
    const place shop;
    postgresql_engine database(shop.uri);
    return migrating(database, {{.version = 1, .name = "settings", .up = {"RESET ALL"}}});
}

std::string permission_denied() {
    const place shop;
    shop.run("REVOKE ALL ON SCHEMA public FROM PUBLIC");
    shop.run("DO $$BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN END$$");
    shop.run("GRANT USAGE ON SCHEMA public TO reader");
    postgresql_engine database(shop.server.uri(shop.database, "reader"));
    return migrating(database, {table(1, "users")});
}

std::string ledger_too_new() {
    const place shop;
    postgresql_engine database(shop.uri);
    const built_history first("shop", engine_kind::postgresql, std::vector{table(1, "users")});
    migrate(database, first.get());
    shop.run("UPDATE varve_ledger SET kind = 'novelty' WHERE history = 'shop'");
    return migrating(database, {table(1, "users"), table(2, "orders")});
}

std::string needs_session() {
    const place shop;
    cutting_proxy pooler(shop.server.directory(), 6403);
    pooler.pretend_to_be_a_pooler();
    postgresql_engine database(shop.uri + "&port=6403");
    return migrating(database, {table(1, "users"),
                                {.version = 2,
                                 .name = "users_index",
                                 .up = {"CREATE INDEX CONCURRENTLY users_id ON users (id)"},
                                 .mode = transaction_mode::no_transaction}});
}

std::string table_locked() {
    const place shop;
    postgresql_engine database(shop.uri);
    const built_history first("shop", engine_kind::postgresql, std::vector{table(1, "users")});
    migrate(database, first.get());
    pqxx::connection application(shop.uri);
    pqxx::work report(application);
    report.exec("SELECT count(*) FROM users");
    return migrating(database,
                     {table(1, "users"), {.version = 2, .name = "email", .up = {"ALTER TABLE users ADD email text"}}},
                     {.lock_timeout = std::chrono::milliseconds{200}});
}

}  // namespace

std::vector<scenario> postgresql_scenarios() {
    return {
        {part::errors, "lock_timeout", lock_timeout},           {part::errors, "in_doubt", in_doubt},
        {part::errors, "connection_failed", connection_failed}, {part::errors, "transaction_lost", transaction_lost},
        {part::errors, "permission_denied", permission_denied}, {part::errors, "ledger_too_new", ledger_too_new},
        {part::errors, "needs_session", needs_session},         {part::errors, "table_locked", table_locked}};
}

}  // namespace varve::testing
