#include <lint/rule.hpp>

#include <source/wording.hpp>
#include <sql/quoted_name.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

bool makes(const statement_change& change, const object_name& table) {
    const auto* made = std::get_if<create_table>(&change.what);
    return made != nullptr && made->table == table;
}

}  // namespace

bool reviewed_statement::exists_in_production(const object_name& table) const {
    if (const known_table* known = before.find_table(table)) {
        return !known->temporary && history.migrations[known->origin.migration].released;
    }
    return std::none_of(earlier.begin(), earlier.end(), [&](const auto& each) { return makes(each, table); });
}

bool reviewed_statement::exists_in_production(const object_name& table, std::string_view column) const {
    if (!exists_in_production(table)) return false;
    const known_table* known = before.find_table(table);
    const known_column* found = known == nullptr ? nullptr : known->find_column(column);
    return found == nullptr || history.migrations[found->origin.migration].released;
}

std::string_view reviewed_statement::text() const {
    const classified_statement& own = script.script.statements[change.statement];
    return script.file.text().substr(own.offset, own.size);
}

std::string reviewed_statement::quoted(std::string_view name) const { return quoted_name(name, history.engine); }

std::string reviewed_statement::quoted(const object_name& name) const {
    if (name.schema.empty()) return quoted(name.name);
    return quoted(name.schema) + "." + quoted(name.name);
}

std::string reviewed_statement::title_of(const made_by& origin) const {
    const migration_source& made = history.migrations[origin.migration];
    return title(made.version, made.name);
}

related reviewed_statement::note_at(const made_by& origin, std::string message) const {
    const script_source& made = history.migrations[origin.migration].up;
    const auto& statements = made.script.statements;
    const std::size_t offset = origin.statement < statements.size() ? statements[origin.statement].offset : 0;
    return {made.file.location_of(offset), std::move(message)};
}

}  // namespace varve::generator
