// long_scripts text|sqlite FILE|postgresql URI: one migration whose script is 100 MB, built in memory as the generator
// would embed it; then nothing, or the migration of a database. What is measured is the memory that it takes.
#include <support/history_builder.hpp>
#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>
#include <varve/sqlite.hpp>

#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace varve;

namespace {

constexpr std::size_t script_size = 100'000'000;
constexpr std::size_t row_size = 1'000;

testing::migration_text large_migration() {
    testing::migration_text large{.version = 1, .name = "large"};
    large.up.emplace_back("CREATE TABLE item (id bigint, note text)");
    for (std::size_t row = 1; row * row_size <= script_size; ++row) {
        std::string insert = "INSERT INTO item VALUES (" + std::to_string(row) + ", '";
        insert.resize(row_size - 2, 'x');
        large.up.push_back(insert += "')");
    }
    return large;
}

// What building it took is not what migrating takes: given back, and the highest mark begins anew (Linux).
void forget_the_peak() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5;
}

void migrate_with(engine& database, const history& all) {
    if (migrate(database, all).done.size() != 1) throw std::runtime_error("it was there already");
}

}  // namespace

int main(int count, char** words) try {
    const std::string_view what = count > 1 ? words[1] : "";
    const engine_kind engine = what == "postgresql" ? engine_kind::postgresql : engine_kind::sqlite;
    const testing::built_history all("bench", engine, {large_migration()});
    forget_the_peak();
    if (what == "text" && count == 2) return 0;
    if (count != 3) throw std::runtime_error("usage: long_scripts text|sqlite FILE|postgresql URI");
    if (what == "sqlite") {
        sqlite_engine database{words[2]};
        migrate_with(database, all);
    } else {
        postgresql_engine database{words[2]};
        migrate_with(database, all);
    }
    return 0;
} catch (const std::exception& failure) {
    std::fprintf(stderr, "long_scripts: %s\n", failure.what());
    return 1;
}
