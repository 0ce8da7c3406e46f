#include "scenario.hpp"

#include <engines/sqlite_handle.hpp>
#include <support/temporary_directory.hpp>

#include <varve/migrate.hpp>
#include <varve/observer.hpp>
#include <varve/sqlite.hpp>

#include <fstream>
#include <stdexcept>

namespace varve::testing {
namespace {

std::string migrating(sqlite_engine& database, std::vector<migration_text> migrations, const options& how = {}) {
    const built_history shop("shop", engine_kind::sqlite, migrations);
    return printed([&] { migrate(database, shop.get(), how); });
}

std::string statement_failed() {
    sqlite_engine database(":memory:");
    return migrating(database, {table(1, "users"),
                                {.version = 2, .name = "add_email", .up = {"ALTER TABLE user ADD COLUMN email TEXT"}}});
}

std::string diverged() {
    sqlite_engine database(":memory:");
    const built_history before("shop", engine_kind::sqlite, {table(1, "users"), table(2, "orders")});
    migrate(database, before.get());
    migration_text edited = table(2, "orders");
    edited.edit = "another column";
    return migrating(database, {table(1, "users"), edited});
}

std::string transaction_open() {
    const sqlite_handle callers(":memory:");
    callers.execute("BEGIN");
    sqlite_engine database(callers.get());
    return migrating(database, {table(1, "users")});
}

std::string database_missing() {
    sqlite_engine database("/nowhere/main.db");
    return migrating(database, {table(1, "users")});
}

std::string database_unusable() {
    const temporary_directory place;
    const std::string file = (place.path() / "shop.db").string();
    std::ofstream(file) << "id,name\n1,somebody put another file here, long enough to be looked at by SQLite\n";
    sqlite_engine database(file);
    return migrating(database, {table(1, "users")});
}

std::string pending() {
    sqlite_engine database(":memory:");
    const built_history before("shop", engine_kind::sqlite, {table(1, "users")});
    migrate(database, before.get());
    const built_history shop("shop", engine_kind::sqlite, {table(1, "users"), table(2, "orders")});
    return printed([&] { require(database, shop.get()); });
}

std::string read_only() {
    const temporary_directory place;
    const std::string file = (place.path() / "shop.db").string();
    sqlite_handle(file).execute("CREATE TABLE other (id)");
    sqlite_engine database("file:" + file + "?mode=ro");
    return migrating(database, {table(1, "users")});
}

std::string invalid_argument() {
    sqlite_engine database("shop.db");
    const built_history shop("shop", engine_kind::postgresql, std::vector{table(1, "users")});
    return printed([&] { migrate(database, shop.get()); });
}

/// Does something when the first statement begins.
class interrupting : public observer {
public:
    explicit interrupting(std::function<void()> what) : what_(std::move(what)) {}
    void on_event(const event& told) override {
        if (told.kind == event_kind::statement_begun) what_();
    }

private:
    std::function<void()> what_;
};

std::string observer_failed() {
    sqlite_engine database(":memory:");
    interrupting giving_up(
        [] { throw error({.code = error_code::observer_failed, .message = "the maintenance window is over"}); });
    return migrating(database, {table(1, "users")}, {.watch = &giving_up});
}

std::string cancelled() {
    const sqlite_handle callers(":memory:");
    interrupting stopping([&] {
        sqlite3_progress_handler(
            callers.get(), 1, [](void*) { return 1; }, nullptr);
    });
    sqlite_engine database(callers.get());
    return migrating(database, {table(1, "users")}, {.watch = &stopping});
}

std::string is_protected() {
    sqlite_engine database(":memory:");
    const built_history shop("shop", engine_kind::sqlite, {table(1, "users")});
    migrate(database, shop.get());
    set_protection(database, shop.get(), protection::on);
    return printed([&] { reset(database, shop.get()); });
}

std::string backup_failed() {
    sqlite_engine database(":memory:");
    return printed([&] { tools_of(database).backup()->restore("/nowhere/saved.db"); });
}

std::string code_failed() {
    sqlite_engine database(":memory:");
    const coded_migration code{.up = [](transaction&) { throw std::runtime_error("there is no slug for '#'"); }};
    return migrating(database, {{.version = 1, .name = "slugs", .code = code}});
}

}  // namespace

std::vector<scenario> sqlite_scenarios() {
    return {{part::errors, "statement_failed", statement_failed},
            {part::errors, "diverged", diverged},
            {part::errors, "transaction_open", transaction_open},
            {part::errors, "database_missing", database_missing},
            {part::errors, "database_unusable", database_unusable},
            {part::errors, "pending", pending},
            {part::errors, "read_only", read_only},
            {part::errors, "invalid_argument", invalid_argument},
            {part::errors, "observer_failed", observer_failed},
            {part::errors, "cancelled", cancelled},
            {part::errors, "is_protected", is_protected},
            {part::errors, "backup_failed", backup_failed},
            {part::errors, "code_failed", code_failed}};
}

}  // namespace varve::testing
