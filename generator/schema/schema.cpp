#include <schema/schema.hpp>

#include <schema/schema_editor.hpp>
#include <sql/character.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace varve::generator {
namespace {

constexpr std::string_view default_schema(engine_kind engine) {
    return engine == engine_kind::postgresql ? "public" : "main";
}
constexpr std::string_view temporary_schema(engine_kind engine) {
    return engine == engine_kind::postgresql ? "pg_temp" : "temp";
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char l, char r) { return to_lower(l) == to_lower(r); });
}

bool names(const std::vector<std::string>& columns, std::string_view column, const known_table& table) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const std::string& each) { return same_name(each, column, table); });
}

/// A foreign key that names no columns refers to the primary key.
bool references(const constraint_definition& foreign_key, std::string_view column, const known_table& table) {
    if (!foreign_key.referenced_columns.empty()) return names(foreign_key.referenced_columns, column, table);
    return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const known_constraint& each) {
        return each.definition.kind == constraint_kind::primary_key && names(each.definition.columns, column, table);
    });
}

bool is_type(object_kind kind) {
    return kind == object_kind::enum_type || kind == object_kind::composite_type || kind == object_kind::range_type ||
           kind == object_kind::domain || kind == object_kind::other;
}

}  // namespace

bool same_name(std::string_view left, std::string_view right, const known_table& table) {
    return table.ignores_case ? equal_ignoring_case(left, right) : left == right;
}

const known_column* known_table::find_column(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const known_column& each) {
        return same_name(each.definition.name, column, *this);
    });
    return found == columns.end() ? nullptr : &*found;
}

const known_constraint* known_table::find_constraint(std::string_view constraint) const {
    const auto found = std::find_if(constraints.begin(), constraints.end(), [&](const known_constraint& each) {
        return same_name(each.definition.name, constraint, *this);
    });
    return found == constraints.end() ? nullptr : &*found;
}

bool known_table::proves_not_null(std::string_view column) const {
    const known_column* known = find_column(column);
    if (known != nullptr && known->definition.not_null) return true;
    return std::any_of(constraints.begin(), constraints.end(), [&](const known_constraint& each) {
        const constraint_definition& said = each.definition;
        if (said.not_valid) return false;
        if (said.kind == constraint_kind::not_null) return names(said.columns, column, *this);
        return !said.not_null_check.empty() && same_name(said.not_null_check, column, *this);
    });
}

std::string schema::folded(std::string_view name) const {
    std::string key(name);
    if (engine_ == engine_kind::sqlite) std::transform(key.begin(), key.end(), key.begin(), to_lower);
    return key;
}

object_name schema::key_of(const object_name& name) const {
    object_name key{folded(name.schema), folded(name.name)};
    if (key.schema == default_schema(engine_)) key.schema.clear();
    return key;
}

object_name schema::key_of_table(const object_name& name) const {
    object_name key = key_of(name);
    if (!name.schema.empty()) return key;
    // A temporary table hides the one of the same name.
    object_name temporary{std::string(temporary_schema(engine_)), key.name};
    return tables_.contains(temporary) ? temporary : key;
}

void schema::apply(const statement_change& done, std::size_t migration) {
    std::visit(schema_editor(*this, {migration, done.statement}), done.what);
}

const known_table* schema::find_table(const object_name& name) const {
    const auto found = tables_.find(key_of_table(name));
    return found == tables_.end() ? nullptr : &found->second;
}

const known_table* schema::table_of_index(const object_name& index) const {
    const auto found = index_tables_.find(key_of(index));
    if (found == index_tables_.end()) return nullptr;
    const auto table = tables_.find(found->second);
    return table == tables_.end() ? nullptr : &table->second;
}

const known_index* schema::find_index(const object_name& index) const {
    const known_table* table = table_of_index(index);
    if (table == nullptr) return nullptr;
    const auto found = table->indexes.find(folded(index.name));
    return found == table->indexes.end() ? nullptr : &found->second;
}

const known_object* schema::find_object(object_kind kind, const object_name& name, const object_name& of,
                                        std::string_view signature) const {
    const object_key wanted{kind, key_of(name), of.name.empty() ? object_name() : key_of(of), std::string(signature)};
    auto found = objects_.lower_bound(wanted);
    const auto fits = [&] {
        return found != objects_.end() && found->first.kind == kind && found->first.name == wanted.name &&
               (of.name.empty() || found->first.of == wanted.of) &&
               (signature.empty() || found->first.signature == signature);
    };
    if (fits()) return &found->second;
    if (!is_type(kind)) return nullptr;
    for (const object_kind other : {object_kind::enum_type, object_kind::composite_type, object_kind::range_type,
                                    object_kind::domain, object_kind::other}) {
        found = objects_.find({other, wanted.name, {}, {}});
        const bool other_type = other != object_kind::other || kind != object_kind::domain;
        if (found != objects_.end() && other_type) return &found->second;
    }
    return nullptr;
}

std::vector<lost_dependent> schema::lost_with_column(const object_name& name, std::string_view column) const {
    std::vector<lost_dependent> lost;
    const known_table* table = find_table(name);
    if (table == nullptr) return lost;
    for (const known_constraint& each : table->constraints) {
        if (!names(each.definition.columns, column, *table)) continue;
        lost.push_back({object_kind::constraint, each.definition.kind, table->name, each.definition.name, each.origin});
    }
    for (const auto& [key, index] : table->indexes) {
        const create_index& made = index.definition;
        if (index.of_constraint || (!names(made.columns, column, *table) && !names(made.used, column, *table)))
            continue;
        lost.push_back({object_kind::index, std::nullopt, table->name, made.index.name, index.origin});
    }
    for (lost_dependent& each : foreign_keys_to(name, column)) lost.push_back(std::move(each));
    return lost;
}

std::vector<lost_dependent> schema::references_to(const object_name& name) const { return foreign_keys_to(name, {}); }

std::vector<lost_dependent> schema::foreign_keys_to(const object_name& name, std::string_view column) const {
    std::vector<lost_dependent> found;
    const object_name key = key_of_table(name);
    const known_table* table = find_table(name);
    for (const auto& [other_key, other] : tables_) {
        if (other_key == key) continue;
        for (const known_constraint& each : other.constraints) {
            const constraint_definition& said = each.definition;
            if (said.kind != constraint_kind::foreign_key || key_of_table(said.referenced) != key) continue;
            if (!column.empty() && (table == nullptr || !references(said, column, *table))) continue;
            found.push_back({object_kind::constraint, said.kind, other.name, said.name, each.origin});
        }
    }
    return found;
}

}  // namespace varve::generator
