#include <varve/command_line.hpp>

#ifdef SHOP_SQLITE
#include <shop_schema_sqlite.hpp>
#include <varve/sqlite.hpp>
#endif
#ifdef SHOP_POSTGRESQL
#include <shop_schema_postgresql.hpp>
#include <varve/postgresql.hpp>
#endif

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace {

/// A database, the history that belongs to its engine, and what its command line can do beside migrating.
struct shop_database {
    std::unique_ptr<varve::engine> engine;
    const varve::history* schema = nullptr;
    std::optional<varve::command_tools> tools{};
};

template <typename Engine>
shop_database opened(const std::string& uri, const varve::history& schema) {
    auto engine = std::make_unique<Engine>(uri);
    auto tools = tools_of(*engine);
    return {std::move(engine), &schema, std::move(tools)};
}

/// `postgresql://...` is a server, anything else the name of a SQLite file. Empty if this shop was built without.
shop_database open(const std::string& uri) {
    const bool server = uri.starts_with("postgresql://") || uri.starts_with("postgres://");
#ifdef SHOP_POSTGRESQL
    if (server) return opened<varve::postgresql_engine>(uri, shop_schema_postgresql::history);
#endif
#ifdef SHOP_SQLITE
    if (!server) return opened<varve::sqlite_engine>(uri, shop_schema_sqlite::history);
#endif
    return {};
}

/// Stands for the rest of the program.
int run_shop(const varve::report& migrated) {
    std::cout << "migrations applied: " << migrated.done.size() << "; the shop is open\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: shop DATABASE            open the shop\n"
                     "       shop DATABASE db COMMAND  look after its database: shop DATABASE db help\n";
        return 64;
    }
    const shop_database database = open(argv[1]);
    if (!database.engine) {
        std::cerr << "shop: was built without support for " << argv[1] << '\n';
        return 64;
    }
    if (argc > 2 && std::string_view(argv[2]) == "db")
        return varve::command_line(*database.engine, *database.schema, {argv + 3, argv + argc}, *database.tools);
    try {
        return run_shop(varve::migrate(*database.engine, *database.schema));
    } catch (const varve::error& failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
}
