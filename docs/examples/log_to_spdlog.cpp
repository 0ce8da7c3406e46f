// What varve does to the database, in the application's own log: spdlog adds time and level, varve's event is the
// message, as JSON. How it is built: tests/observer/CMakeLists.txt.
#include <shop_schema_sqlite.hpp>
#include <varve/json_lines.hpp>
#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

#include <spdlog/spdlog.h>

namespace {

spdlog::level::level_enum level_of(varve::event_kind kind) {
    switch (kind) {
        case varve::event_kind::statement_begun:
        case varve::event_kind::statement_ended:
            return spdlog::level::debug;
        case varve::event_kind::waiting:
        case varve::event_kind::retried:
            return spdlog::level::warn;
        case varve::event_kind::failed:
            return spdlog::level::err;
        default:
            return spdlog::level::info;
    }
}

class log_to_spdlog final : public varve::observer {
public:
    void on_event(const varve::event& what) override { spdlog::log(level_of(what.kind), "{}", varve::to_json(what)); }
};

}  // namespace

int main() {
    log_to_spdlog log;
    varve::sqlite_engine database(":memory:");
    try {
        varve::migrate(database, shop_schema_sqlite::history, {.watch = &log});
    } catch (const varve::error& failure) {
        spdlog::error("{}", failure.what());
        return 1;
    }
}
