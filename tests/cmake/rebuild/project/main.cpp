#include <shop_schema.hpp>

#include <cstdio>

// Prints what is embedded, one migration after the other: `1 create_users: CREATE TABLE users (id); `
int main() {
    const varve::history& history = shop_schema::history;
    for (std::size_t i = 0; i < history.size(); ++i) {
        const varve::migration migration = history[i];
        std::printf("%d %.*s%s:", static_cast<int>(migration.version()), static_cast<int>(migration.name().size()),
                    migration.name().data(), migration.released() ? " released" : "");
        const varve::script up = migration.up();
        for (std::size_t j = 0; j < up.size(); ++j)
            std::printf(" %.*s;", static_cast<int>(up[j].sql.size()), up[j].sql.data());
        std::printf(" ");
    }
}
