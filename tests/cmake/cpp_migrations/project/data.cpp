#include <shop_schema.hpp>
#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

#include <cstdio>
#include <exception>

int migrate_and_print() {
    try {
        varve::sqlite_engine database(":memory:");
        for (const varve::step& each : varve::migrate(database, shop_schema::history).done)
            std::printf("%d %s; ", static_cast<int>(each.version), each.name.c_str());
        return 0;
    } catch (const std::exception& error) {
        std::puts(error.what());
        return 1;
    }
}
