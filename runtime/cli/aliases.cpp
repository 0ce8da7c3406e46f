#include "aliases.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace varve::cli {
namespace {

using argument = alias::argument;
constexpr std::array aliases_table{
    alias{"upgrade", "migrate", argument::place}, alias{"migrate-to", "migrate", argument::place},
    alias{"up", "migrate", argument::count},      alias{"downgrade", "rollback", argument::place},
    alias{"down", "rollback", argument::count},   alias{"stamp", "baseline", argument::as_ours},
};

// Words of Alembic, Flask-Migrate, Django, Prisma, Sequelize, Flyway, Liquibase, Sqitch, Rails, goose and dbmate whose
// command is another one here, asks first there and not here, or is the generator's.
using way = std::pair<std::string_view, std::string_view>;
constexpr std::string_view of_the_generator =
    "migrations are made beside the sources, by the generator: varve new \"Add a table\"";
constexpr std::array ways{
    way{"makemigrations", of_the_generator},
    way{"revision", of_the_generator},
    way{"generate", of_the_generator},
    way{"create", of_the_generator},
    way{"new", of_the_generator},
    way{"add", of_the_generator},
    way{"lock", "a release is made beside the sources, by the generator: varve lock"},
    way{"deploy", "did you mean `migrate`?"},
    way{"apply", "did you mean `migrate`?"},
    way{"run", "did you mean `migrate`?"},
    way{"update", "did you mean `migrate`?"},
    way{"sync", "did you mean `migrate`?"},
    way{"undo", "did you mean `rollback`?"},
    way{"revert", "did you mean `rollback`?"},
    way{"info", "did you mean `status`?"},
    way{"version", "did you mean `current`?"},
    way{"validate", "did you mean `check`?"},
    way{"verify", "did you mean `check`? The history itself is proven while building: add_db_migrations(.. VERIFY)"},
    way{"list", "did you mean `history`?"},
    way{"heads", "did you mean `history`?"},
    way{"branches", "did you mean `history`?"},
    way{"show", "did you mean `history`?"},
    way{"showmigrations", "did you mean `status`?"},
    way{"pending", "did you mean `plan`?"},
    way{"sqlmigrate", "did you mean `migrate --dry-run`?"},
    way{"sql", "did you mean `migrate --dry-run`?"},
    way{"preview", "did you mean `migrate --dry-run`?"},
    way{"adopt", "did you mean `baseline`?"},
    way{"resolve", "did you mean `repair`?"},
    way{"force", "did you mean `repair`?"},
    way{"fix", "did you mean `repair`?"},
    way{"fake", "did you mean `skip`?"},
    way{"clean", "did you mean `reset`? It reverts what the migrations made, and nothing else"},
    way{"fresh", "did you mean `reset`?"},
    way{"drop", "did you mean `reset`? It reverts what the migrations made, and nothing else"},
    way{"dump", "`backup` saves the database, `show-schema` prints its schema"},
    way{"inspect", "did you mean `show-schema`?"},
    way{"schema", "did you mean `show-schema`?"},
};

}  // namespace

std::span<const alias> all_aliases() { return aliases_table; }

const alias* find_alias(std::string_view theirs) {
    const auto* const found = std::find_if(aliases_table.begin(), aliases_table.end(),
                                           [&](const alias& each) { return each.theirs == theirs; });
    return found == aliases_table.end() ? nullptr : found;
}

std::string_view way_instead_of(std::string_view foreign) {
    const auto* const found =
        std::find_if(ways.begin(), ways.end(), [&](const way& each) { return each.first == foreign; });
    return found == ways.end() ? std::string_view() : found->second;
}

}  // namespace varve::cli
